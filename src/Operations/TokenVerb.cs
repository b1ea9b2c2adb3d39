using System.CommandLine;
using Calf.Accounts;
using Calf.Security;
using Calf.Store;

namespace Calf.Operations;

/// <summary>Makes an access token for scripts: what an app gets by OAuth, without a browser.</summary>
internal static class TokenVerb
{
    private const string DefaultScopes = "read write follow push";
    private const string DefaultName = "calf token";

    public static Command Command(Workbench bench)
    {
        var scopes = new Option<string>("--scopes") { Description = "What the token allows", HelpName = "SCOPES", DefaultValueFactory = _ => DefaultScopes };
        var name = new Option<string>("--name") { Description = "The name in the list of apps", HelpName = "NAME", DefaultValueFactory = _ => DefaultName };
        var command = new Command("token", "Prints a new access token for scripts.") { scopes, name };
        command.SetAction((parse, _) => bench.Run(parse, mayBeNew: false, async calf =>
        {
            calf.RequireOwner();
            var token = await Make(calf, Check(parse.GetRequiredValue(scopes)), parse.GetRequiredValue(name));
            await bench.Terminal.Out.WriteLineAsync(token);
        }));
        return command;
    }

    private static async Task<string> Make(OpenCalf calf, string scopes, string name)
    {
        var token = Tokens.New();
        var now = calf.Now;
        await calf.Database.Write(c =>
        {
            // An app of its own for each token, so that one is revoked without the others. Nobody knows its secret.
            var app = new ClientApp(Ids.At(now), Tokens.New(), name, null, ["urn:ietf:wg:oauth:2.0:oob"], scopes, now);
            AppStore.Add(c, app, Tokens.Hash(Tokens.New()));
            AccessTokenStore.Add(c, Tokens.Hash(token), app.Id, byOwner: true, scopes, now);
        });
        return token;
    }

    private static string Check(string scopes)
    {
        var each = scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (each.Length > 0 && Scopes.AreKnown(each)) return string.Join(' ', each);
        throw new VerbException($"'{scopes}' is not a list of scopes. Write one or more of {string.Join(", ", Scopes.Broad)}, separated by spaces; read:statuses and the like work too.", ExitCodes.Usage);
    }
}
