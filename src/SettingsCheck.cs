using System.Globalization;
using System.Net;

namespace Calf;

/// <summary>Says in a sentence what is wrong with the settings, before anything starts.</summary>
public static class SettingsCheck
{
    /// <exception cref="SettingsException">The first value that cannot be used.</exception>
    public static void Check(Settings settings)
    {
        CheckDomain(nameof(settings.Domain), settings.Domain);
        CheckDomain(nameof(settings.WebDomain), settings.WebDomain);
        if (settings.WebDomain.Length > 0 && settings.Domain.Length == 0)
            throw new SettingsException("WebDomain is set and Domain is not. Set Domain to the part of your handle after the second @.");
        if (settings.WebDomain.Length > 0 && Site.IsLocalName(settings.WebDomain) != Site.IsLocalName(settings.Domain))
            throw new SettingsException($"Domain is '{settings.Domain}' and WebDomain is '{settings.WebDomain}': either both are on this machine or neither.");
        _ = ListenAddresses(settings).Count();
        foreach (var proxy in settings.TrustedProxies)
            if (!IPAddress.TryParse(proxy, out _) && !IPNetwork.TryParse(proxy, out _))
                throw new SettingsException($"TrustedProxies has '{proxy}', which is neither an address nor a network. Write it like 10.0.0.7 or 10.0.0.0/8.");
        CheckRange("Limits:StatusCharacters", settings.Limits.StatusCharacters, 100, 50_000);
        CheckRange("Limits:Attachments", settings.Limits.Attachments, 1, 16);
        CheckRange("Limits:InboxBytes", settings.Limits.InboxBytes, 65_536, 16_777_216);
        CheckRange("Limits:LedgerDays", settings.Limits.LedgerDays, 1, 3650);
        CheckRange("Limits:RemotePostDays", settings.Limits.RemotePostDays, 0, 36500);
        CheckRange("Federation:DeliveryConcurrency", settings.Federation.DeliveryConcurrency, 1, 256);
        CheckRange("Media:RemoteCacheMegabytes", settings.Media.RemoteCacheMegabytes, 0, 1_048_576);
        MediaCheck.Check(settings.Media);
        CheckTranslation(settings.Translation);
    }

    /// <summary>The addresses in <see cref="Settings.Listen"/>; <c>*</c> and <c>+</c>, which stand for all addresses, become 0.0.0.0.</summary>
    public static IEnumerable<Uri> ListenAddresses(Settings settings)
    {
        foreach (var address in settings.Listen.Split(';'))
        {
            var concrete = address.Replace("//*", "//0.0.0.0", StringComparison.Ordinal).Replace("//+", "//0.0.0.0", StringComparison.Ordinal);
            if (!Uri.TryCreate(concrete, UriKind.Absolute, out var url) || url.Scheme != "http" || url.PathAndQuery != "/")
                throw new SettingsException($"Listen is '{settings.Listen}', which is not an address to listen on. Write it like http://localhost:8080; TLS belongs to a reverse proxy.");
            yield return url;
        }
    }

    private static void CheckDomain(string key, string value)
    {
        if (value.Length == 0) return;
        if (!value.All(char.IsAscii))
            throw new SettingsException($"{key} is '{value}'. Write it as the DNS has it, in ASCII: {Ascii(value)}.");
        if (value.Contains('/', StringComparison.Ordinal) || value.Contains('@', StringComparison.Ordinal)
            || !Uri.TryCreate($"https://{value}", UriKind.Absolute, out var url) || !url.Authority.Equals(value, StringComparison.OrdinalIgnoreCase))
            throw new SettingsException($"{key} is '{value}', which is not a domain name. Write it like calf.example, without https:// and without a slash.");
        if (!Site.IsLocalName(value) && value.Contains(':', StringComparison.Ordinal))
            throw new SettingsException($"{key} is '{value}'. Other servers expect a domain without a port; put a reverse proxy with TLS on port 443 in front.");
    }

    private static void CheckTranslation(TranslationSettings translation)
    {
        if (translation.Url.Length == 0 && translation.ApiKey.Length > 0)
            throw new SettingsException("Translation:ApiKey is set and Translation:Url is not. Set Translation:Url to the server that the key is for.");
        if (translation.Url.Length > 0 && (!Uri.TryCreate(translation.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")
            || url.Query.Length > 0 || url.Fragment.Length > 0 || url.UserInfo.Length > 0))
            throw new SettingsException($"Translation:Url is '{translation.Url}', which is not the address of a LibreTranslate server. Write it like http://localhost:5000.");
    }

    private static string Ascii(string domain) =>
        Uri.TryCreate($"https://{domain}", UriKind.Absolute, out var url) ? url.IdnHost : "xn--...";

    private static void CheckRange(string key, int value, int least, int most)
    {
        if (value < least || value > most)
            throw new SettingsException(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}. It can be from {least} to {most}."));
    }
}
