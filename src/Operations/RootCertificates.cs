using System.Runtime.InteropServices;

namespace Calf.Operations;

/// <summary>
/// Tells the OpenSSL inside the published file where this distribution keeps its root certificates. It was compiled to look in
/// Debian's places only. SSL_CERT_FILE and SSL_CERT_DIR, where a person set one, stay as they are.
/// </summary>
public static partial class RootCertificates
{
    private const string DebianBundle = "/usr/lib/ssl/cert.pem";
    private const string DebianFolder = "/usr/lib/ssl/certs";

    private static readonly string[] Bundles =
    [
        "/etc/ssl/certs/ca-certificates.crt", // Debian without the openssl package, Ubuntu, Arch, Gentoo
        "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // Fedora, RHEL
        "/etc/pki/tls/certs/ca-bundle.crt", // older RHEL
        "/etc/ssl/ca-bundle.pem", // openSUSE
        "/etc/ssl/cert.pem", // Alpine, BSD
    ];

    private static readonly string[] Directories = ["/etc/ssl/certs", "/etc/pki/tls/certs"];

    /// <summary>Call before the first TLS connection, while there is one thread: it changes the process environment.</summary>
    public static void Find()
    {
        if (!OperatingSystem.IsLinux())
            return;
        // .NET looks for a person's own certificates first and fails where there is neither HOME nor an entry in /etc/passwd, as
        // in a bare container. GetFolderPath then says /, so say the same.
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("HOME")))
            Environment.SetEnvironmentVariable("HOME", Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));
        if (Choose(Environment.GetEnvironmentVariable, File.Exists, HasFiles) is not { } choice)
            return;
        // Environment.SetEnvironmentVariable changes a copy that native code does not see.
        _ = SetVariable(choice.Variable, choice.Path, overwrite: 0);
    }

    /// <summary>The variable to set, or null where nothing has to change or nothing was found.</summary>
    internal static (string Variable, string Path)? Choose(Func<string, string?> variable, Predicate<string> hasFile, Predicate<string> hasFiles)
    {
        if (!string.IsNullOrEmpty(variable("SSL_CERT_FILE")) || !string.IsNullOrEmpty(variable("SSL_CERT_DIR")))
            return null;
        if (hasFile(DebianBundle) || hasFiles(DebianFolder))
            return null;
        if (Array.Find(Bundles, hasFile) is { } bundle)
            return ("SSL_CERT_FILE", bundle);
        return Array.Find(Directories, hasFiles) is { } folder ? ("SSL_CERT_DIR", folder) : null;
    }

    private static bool HasFiles(string folder)
    {
        try
        {
            return Directory.EnumerateFileSystemEntries(folder).Any();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
