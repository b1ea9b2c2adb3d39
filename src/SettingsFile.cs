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
        // The data folder is itself a setting, so the file in it is read in a second pass, which cannot move the folder again.
        var data = Read(commandLine, dataFolder: null).Data;
        if (data.Length == 0) throw new SettingsException("Data is empty. Write the folder that the database is kept in, such as data.");
        var settings = Read(commandLine, data);
        settings.Data = data;
        SettingsCheck.Check(settings);
        return settings;
    }

    public static Site SiteOf(Settings settings)
    {
        var domain = settings.Domain.Length > 0 ? settings.Domain.ToLowerInvariant() : DefaultDomain(settings);
        return new Site(domain, settings.WebDomain.Length > 0 ? settings.WebDomain.ToLowerInvariant() : domain);
    }

    private static Settings Read(IReadOnlyDictionary<string, string?> commandLine, string? dataFolder)
    {
        var builder = new ConfigurationBuilder();
        AddFile(builder, FileName);
        if (dataFolder is not null) AddFile(builder, Path.Combine(dataFolder, FileName));
        builder.AddEnvironmentVariables(EnvironmentPrefix).AddInMemoryCollection(commandLine);
        return Bind(builder, "A setting");
    }

    private static void AddFile(ConfigurationBuilder builder, string path)
    {
        path = Path.GetFullPath(path);
        // A misspelt key would be passed over in silence. Only files are held to this: anybody may have a CALF_ variable.
        Bind(new ConfigurationBuilder().AddJsonFile(path, optional: true), path, refuseUnknown: true);
        builder.AddJsonFile(path, optional: true);
    }

    private static Settings Bind(IConfigurationBuilder builder, string place, bool refuseUnknown = false)
    {
        try
        {
            var settings = new Settings();
            builder.Build().Bind(settings, options => options.ErrorOnUnknownConfiguration = refuseUnknown);
            return settings;
        }
        catch (InvalidDataException wrong)
        {
            throw new SettingsException($"{place} is not valid JSON: {wrong.GetBaseException().Message}", wrong);
        }
        catch (InvalidOperationException wrong)
        {
            throw new SettingsException($"{place} has a value that does not fit: {wrong.Message} See appsettings.example.json for all keys.", wrong);
        }
    }

    private static string DefaultDomain(Settings settings)
    {
        var port = SettingsCheck.ListenAddresses(settings).First().Port;
        return port == 80 ? "localhost" : $"localhost:{port.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
    }
}

/// <summary>A setting is wrong. The message is a sentence for the person at the console.</summary>
public sealed class SettingsException(string message, Exception? inner = null) : Exception(message, inner);
