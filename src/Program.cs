Calf.Operations.NativeLibraries.Prepare();
Calf.Operations.RootCertificates.Find();
var builder = WebApplication.CreateSlimBuilder(args);
var app = builder.Build();
app.MapGet("/", () => "calf");
await app.RunAsync();
