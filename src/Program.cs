using Calf;
using Calf.Operations;

if (args is ["--version"])
{
    Console.WriteLine(Release.Line);
    return;
}
NativeLibraries.Prepare();
RootCertificates.Find();
var settings = SettingsFile.Load(new Dictionary<string, string?>());
await using var app = Server.Build(settings);
await app.RunAsync();
