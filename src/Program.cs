using Calf;
using Calf.Operations;

NativeLibraries.Prepare();
RootCertificates.Find();
return await new CommandLine(Server.Build).Run(args, new Terminal(Console.In, Console.Out, Console.Error, !Console.IsErrorRedirected));
