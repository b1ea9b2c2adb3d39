using System.Collections;
using System.Reflection;
using Calf.Tests.Support;
using Microsoft.Extensions.Configuration;

namespace Calf.Tests.House;

public sealed class SettingsTests : IDisposable
{
    private readonly TempFolder folder = new();

    [Theory]
    [InlineData("Domain", "https://calf.example", "not a domain name")]
    [InlineData("Domain", "calf.example/", "not a domain name")]
    [InlineData("Domain", "you@calf.example", "not a domain name")]
    [InlineData("Domain", "calf example", "not a domain name")]
    [InlineData("Domain", "calf.example:8443", "without a port")]
    [InlineData("Domain", "kälbchen.example", "xn--klbchen-5wa.example")]
    [InlineData("WebDomain", "social.example.org", "Domain is not")]
    [InlineData("Listen", "8080", "http://localhost:8080")]
    [InlineData("Listen", "https://localhost", "reverse proxy")]
    [InlineData("Listen", "http://localhost:8080/calf", "not an address")]
    [InlineData("Listen", "", "not an address")]
    [InlineData("Data", "", "Data is empty")]
    [InlineData("TrustedProxies:0", "proxy.local", "neither an address nor a network")]
    [InlineData("Limits:StatusCharacters", "99", "from 100 to 50000")]
    [InlineData("Limits:Attachments", "17", "from 1 to 16")]
    [InlineData("Media:RemoteCacheMegabytes", "-1", "from 0 to")]
    [InlineData("Media:FFmpeg", "/no/such/ffmpeg", "no such file")]
    [InlineData("Media:Store", "cloud", "Write disk, or s3")]
    [InlineData("Media:Store", "s3", "Media:S3:Endpoint is missing")]
    [InlineData("Media:S3:Bucket", "calf", "Media:S3:Endpoint is missing")]
    [InlineData("Limits:StatusCharacters", "many", "Limits:StatusCharacters")]
    [InlineData("Limits:InboxBytes", "1", "from 65536")]
    [InlineData("Limits:LedgerDays", "0", "from 1")]
    [InlineData("Federation:DeliveryConcurrency", "1000", "to 256")]
    [InlineData("Translation:ApiKey", "key", "Set Translation:Url")]
    [InlineData("Translation:Url", "localhost:5000", "http://localhost:5000")]
    [InlineData("Translation:Url", "ftp://translate.example", "not the address")]
    [InlineData("Translation:Url", "https://me:secret@translate.example", "not the address")]
    [InlineData("Federation:AllowPrivateNetworks", "perhaps", "AllowPrivateNetworks")]
    public void A_wrong_value_is_refused_with_one_sentence_that_says_what_to_write(string key, string value, string says)
    {
        var refusal = Assert.Throws<SettingsException>(() => Load((key, value)));
        Assert.Contains(says, refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Theory]
    [InlineData("Endpoint", "s3.example.net", "not the address of a store")]
    [InlineData("Endpoint", "https://s3.example.net/calf", "without the bucket")]
    [InlineData("Endpoint", "http://s3.example.net", "without TLS")]
    [InlineData("Endpoint", "http://93.184.215.14:9000", "without TLS")]
    [InlineData("Bucket", "my bucket", "not the name of a bucket")]
    [InlineData("Region", "", "like us-east-1")]
    [InlineData("Prefix", "../other", "folder of letters")]
    [InlineData("Prefix", "/media", "folder of letters")]
    [InlineData("AccessKey", "key\n", "end of a line")]
    [InlineData("SecretKey", "very secret", "Media:S3:SecretKey has a character")]
    public void A_wrong_value_of_a_bucket_is_refused_and_its_key_is_not_told(string key, string value, string says)
    {
        var refusal = Assert.Throws<SettingsException>(() => LoadBucket((key, value)));
        Assert.Contains(says, refusal.Message);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://s3.example.net", "")]
    [InlineData("http://localhost:9000", "calf")]
    [InlineData("http://192.168.1.7:9000", "calf/media/")]
    [InlineData("http://minio:9000", "")]
    [InlineData("http://nas.local:9000", "")]
    public void A_bucket_in_this_house_needs_no_TLS(string endpoint, string prefix) =>
        Assert.True(LoadBucket(("Endpoint", endpoint), ("Prefix", prefix)).Media.S3.IsSet());

    private Settings LoadBucket(params (string Key, string Value)[] other)
    {
        var values = new Dictionary<string, string> { ["Endpoint"] = "https://s3.example.net", ["Bucket"] = "calf", ["AccessKey"] = "key", ["SecretKey"] = "s3cr3t" };
        foreach (var (key, value) in other) values[key] = value;
        return Load([("Media:Store", "s3"), .. values.Select(pair => ($"Media:S3:{pair.Key}", pair.Value))]);
    }

    [Theory]
    [InlineData("http://localhost:8080", "", "", "localhost:8080", "http://localhost:8080")]
    [InlineData("http://*:9000;http://localhost:9001", "", "", "localhost:9000", "http://localhost:9000")]
    [InlineData("http://localhost", "", "", "localhost", "http://localhost")]
    [InlineData("http://localhost:8080", "Calf.Example", "", "calf.example", "https://calf.example")]
    [InlineData("http://localhost:8080", "example.org", "social.example.org", "example.org", "https://social.example.org")]
    public void The_addresses_follow_from_the_settings(string listen, string domain, string webDomain, string handle, string address)
    {
        var site = SettingsFile.SiteOf(Load(("Listen", listen), ("Domain", domain), ("WebDomain", webDomain)));
        Assert.Equal(handle, site.Domain);
        Assert.Equal(address, site.Base);
    }

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_file_in_the_data_folder()
    {
        File.WriteAllText(folder.File("appsettings.json"), """{ "Domain": "file.example", "Data": "elsewhere", "Limits": { "LedgerDays": 7, "StatusCharacters": 700 } }""");
        // Only limits: tests that run beside this one see these variables too.
        Environment.SetEnvironmentVariable("CALF_Limits__LedgerDays", "8");
        Environment.SetEnvironmentVariable("CALF_Limits__StatusCharacters", "800");
        try
        {
            var settings = Load(("Limits:StatusCharacters", "900"));
            Assert.Equal("file.example", settings.Domain);
            Assert.Equal(8, settings.Limits.LedgerDays);
            Assert.Equal(900, settings.Limits.StatusCharacters);
            Assert.Equal(32, settings.Federation.DeliveryConcurrency);
            Assert.Equal(folder.Path, settings.Data);
        }
        finally
        {
            Environment.SetEnvironmentVariable("CALF_Limits__LedgerDays", null);
            Environment.SetEnvironmentVariable("CALF_Limits__StatusCharacters", null);
        }
    }

    [Theory]
    [InlineData("""{ "Domian": "calf.example" }""", "Domian")]
    [InlineData("""{ "Federation": { "AllowPrivate": true } }""", "AllowPrivate")]
    [InlineData("""{ "Domain": """, "not valid JSON")]
    [InlineData("""[1]""", "not valid JSON")]
    public void A_file_with_a_mistake_is_named(string text, string says)
    {
        File.WriteAllText(folder.File("appsettings.json"), text);
        var refusal = Assert.Throws<SettingsException>(() => Load());
        Assert.Contains(folder.File("appsettings.json"), refusal.Message);
        Assert.Contains(says, refusal.Message);
        Assert.DoesNotContain('\n', refusal.Message);
    }

    [Fact]
    public void Null_in_a_file_means_the_default()
    {
        File.WriteAllText(folder.File("appsettings.json"), """{ "Domain": null, "Listen": null, "TrustedProxies": null, "Limits": null }""");
        var settings = Load();
        Assert.Equal(Leaves(new Settings { Data = folder.Path }), Leaves(settings));
    }

    [Fact]
    public void The_example_holds_every_setting_with_its_default()
    {
        var path = Path.Combine(Repository.Folder, "appsettings.example.json");
        var example = new ConfigurationBuilder().AddJsonFile(path).Build();
        var keys = example.AsEnumerable().Select(pair => pair.Key);
        Assert.Equal(Leaves(new Settings()).Select(leaf => leaf.Key), Leaves(new Settings()).Select(leaf => leaf.Key).Where(key => keys.Contains(key)));

        var bound = new Settings();
        example.Bind(bound, options => options.ErrorOnUnknownConfiguration = true);
        Assert.Equal(Leaves(new Settings()), Leaves(bound));
        foreach (var leaf in Leaves(new Settings()))
            Assert.Matches($"//.*\n +\"{leaf.Key.Split(':')[^1]}\":", File.ReadAllText(path));
    }

    /// <summary>Loads with the temporary folder as data folder, so that no file of this machine is read.</summary>
    private Settings Load(params (string Key, string Value)[] commandLine)
    {
        var values = commandLine.ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        values.TryAdd("Data", folder.Path);
        return SettingsFile.Load(values);
    }

    private static List<(string Key, string Value)> Leaves(object settings, string prefix = "") =>
        [.. settings.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property =>
        {
            var value = property.GetValue(settings);
            return value switch
            {
                null => [(prefix + property.Name, "null")],
                IList list => [(prefix + property.Name, string.Join(',', list.Cast<object>()))],
                string or int or bool => [(prefix + property.Name, value.ToString()!)],
                _ => Leaves(value, prefix + property.Name + ":"),
            };
        })];

    public void Dispose() => folder.Dispose();
}
