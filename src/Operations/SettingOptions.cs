using System.CommandLine;

namespace Calf.Operations;

/// <summary>The settings that can be given on the command line, with every verb.</summary>
internal sealed class SettingOptions
{
    private readonly (string Key, Option<string> Option)[] options =
    [
        (nameof(Settings.Data), Make("--data", "DIR", "The folder of the database (default: data)")),
        (nameof(Settings.Domain), Make("--domain", "DOMAIN", "The domain in your handle (default: localhost)")),
        (nameof(Settings.WebDomain), Make("--web-domain", "DOMAIN", "The name under which the server is reached (default: the domain)")),
        (nameof(Settings.Listen), Make("--listen", "URL", "Where to listen (default: http://localhost:8080)")),
    ];

    public void AddTo(Command root)
    {
        foreach (var (_, option) in options) root.Add(option);
    }

    /// <exception cref="SettingsException">A value is wrong.</exception>
    public Settings Load(ParseResult parse)
    {
        var values = new Dictionary<string, string?>();
        foreach (var (key, option) in options)
            if (parse.GetValue(option) is { } value) values[key] = value;
        return SettingsFile.Load(values);
    }

    private static Option<string> Make(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value, Recursive = true };
}
