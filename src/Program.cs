using Calf;
using Calf.Operations;

NativeLibraries.Prepare();
RootCertificates.Find();
var settings = SettingsFile.Load(new Dictionary<string, string?>());
await using var app = Server.Build(settings);
await app.RunAsync();
