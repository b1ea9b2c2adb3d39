using System.Globalization;
using System.Net;

namespace Calf;

/// <summary>Reads the settings from all their places and checks them before anything starts.</summary>
public static class SettingsFile
{
    public const string FileName = "appsettings.json";
    public const string EnvironmentPrefix = "CALF_";

    /// <param name="commandLine">Values given on the command line, by key such as <c>Data</c>; they win.</param>
    /// <exception cref="SettingsException">A value is wrong; the message names it and says what to write.</exception>
    public static Settings Load(IReadOnlyDictionary<string, string?> commandLine)
    {
        // The data folder is itself a setting, so the file in it is read in a second pass.
        var data = Read(commandLine, dataFolder: null).Data;
        var settings = Read(commandLine, data);
        Check(settings);
        return settings;
    }

    public static Site SiteOf(Settings settings)
    {
        var domain = settings.Domain.Length > 0 ? settings.Domain.ToLowerInvariant() : DefaultDomain(settings);
        return new Site(domain, settings.WebDomain.Length > 0 ? settings.WebDomain.ToLowerInvariant() : domain);
    }

    public static void Check(Settings settings)
    {
        CheckDomain(nameof(settings.Domain), settings.Domain);
        CheckDomain(nameof(settings.WebDomain), settings.WebDomain);
        if (settings.WebDomain.Length > 0 && settings.Domain.Length == 0)
            throw new SettingsException("WebDomain is set and Domain is not. Set Domain to the part of your handle after the second @.");
        foreach (var address in settings.Listen.Split(';'))
            if (!Uri.TryCreate(address.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var url)
                || url.Scheme != "http" || url.AbsolutePath != "/")
                throw new SettingsException($"Listen is '{settings.Listen}', which is not an address to listen on. Write it like http://localhost:8080; TLS belongs to a reverse proxy.");
        foreach (var proxy in settings.TrustedProxies)
            if (!IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
                throw new SettingsException($"TrustedProxies has '{proxy}', which is neither an address nor a network. Write it like 10.0.0.7 or 10.0.0.0/8.");
        CheckRange("Limits:StatusCharacters", settings.Limits.StatusCharacters, 100, 50_000);
        CheckRange("Limits:InboxBytes", settings.Limits.InboxBytes, 65_536, 16_777_216);
        CheckRange("Limits:LedgerDays", settings.Limits.LedgerDays, 1, 3650);
        CheckRange("Federation:DeliveryConcurrency", settings.Federation.DeliveryConcurrency, 1, 256);
    }

    private static Settings Read(IReadOnlyDictionary<string, string?> commandLine, string? dataFolder)
    {
        var builder = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(FileName), optional: true);
        if (dataFolder is not null) builder.AddJsonFile(Path.Combine(Path.GetFullPath(dataFolder), FileName), optional: true);
        builder.AddEnvironmentVariables(EnvironmentPrefix).AddInMemoryCollection(commandLine);
        try
        {
            var settings = new Settings();
            builder.Build().Bind(settings);
            return settings;
        }
        catch (InvalidDataException wrong)
        {
            throw new SettingsException($"{wrong.Message} {wrong.InnerException?.Message} Mend or remove the file.", wrong);
        }
        catch (InvalidOperationException wrong)
        {
            throw new SettingsException($"A setting has a value of the wrong kind: {wrong.Message}", wrong);
        }
    }

    private static string DefaultDomain(Settings settings)
    {
        var port = new Uri(settings.Listen.Split(';')[0].Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal)).Port;
        return port == 80 ? "localhost" : string.Create(CultureInfo.InvariantCulture, $"localhost:{port}");
    }

    private static void CheckDomain(string key, string value)
    {
        if (value.Length == 0) return;
        if (value.Contains('/', StringComparison.Ordinal) || value.Contains('@', StringComparison.Ordinal)
            || !Uri.TryCreate($"https://{value}", UriKind.Absolute, out var url) || !url.Authority.Equals(value, StringComparison.OrdinalIgnoreCase))
            throw new SettingsException($"{key} is '{value}', which is not a domain name. Write it like calf.example, without https:// and without a slash.");
        if (!Site.IsLocalName(value) && !url.IsDefaultPort)
            throw new SettingsException($"{key} is '{value}'. Other servers expect a domain without a port; put a reverse proxy with TLS on port 443 in front.");
    }

    private static void CheckRange(string key, int value, int least, int most)
    {
        if (value < least || value > most)
            throw new SettingsException(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}. It can be from {least} to {most}."));
    }
}

/// <summary>A setting is wrong. The message is a sentence for the person at the console.</summary>
public sealed class SettingsException(string message, Exception? inner = null) : Exception(message, inner);
