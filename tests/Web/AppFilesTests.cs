using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Calf.Tests.Support;
using Calf.Web;

namespace Calf.Tests.Web;

public sealed partial class AppFilesTests
{
    private readonly AppFiles files = new();

    private static string Text(AppFile file) => Encoding.UTF8.GetString(file.Plain);

    private IEnumerable<(string Name, string Text)> Modules() =>
        AppFiles.Names().Where(name => name.EndsWith(".js", StringComparison.Ordinal)).Select(name => (name, Text(files.Find(name, out _)!)));

    [Fact]
    public void The_shell_names_every_file_with_its_version_and_all_of_them_exist()
    {
        var addresses = Address().Matches(files.ShellHtml).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(addresses);
        Assert.All(addresses, address =>
        {
            Assert.StartsWith($"/app/{files.Version}/", address);
            Assert.NotNull(files.Find(address["/app/".Length..].Split('#')[0], out var versioned));
            Assert.True(versioned);
        });
    }

    [Fact]
    public void The_shell_has_nothing_that_the_content_security_policy_would_refuse()
    {
        Assert.DoesNotMatch(@"<style|style=|\son\w+=|<script(?![^>]*\ssrc=)", files.ShellHtml);
        Assert.DoesNotMatch(@"(src|href)=""(https?:)?//", files.ShellHtml);
    }

    [Fact]
    public void Every_import_leads_to_a_module_that_exports_the_name()
    {
        var missing = from module in Modules()
                      from Match import in Import().Matches(module.Text)
                      let path = Path.GetFullPath(Path.Combine("/", Path.GetDirectoryName(module.Name)!, import.Groups[2].Value))[1..]
                      let target = files.Find(path, out _)
                      from name in import.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                      where target is null || !Regex.IsMatch(Text(target), $@"export\s+(async\s+)?(const|function|class|let)\s+{name.Split(' ')[0]}\b")
                      select $"{module.Name}: {name} from {import.Groups[2].Value}";
        Assert.Empty(missing);
        Assert.All(Modules().Where(m => m.Name != "js/look.js" && m.Text.Contains("from '", StringComparison.Ordinal)), m => Assert.Matches(Import(), m.Text));
    }

    [Fact]
    public void Every_icon_that_is_asked_for_is_in_the_sprite()
    {
        var sprite = Text(files.Find("icons.svg", out _)!);
        var asked = Modules().SelectMany(m => IconCall().Matches(m.Text)).Select(match => match.Groups[1].Value)
            .Concat(Modules().SelectMany(m => IconField().Matches(m.Text)).Select(match => match.Groups[1].Value))
            .Concat(SpriteUse().Matches(files.ShellHtml).Select(match => match.Groups[1].Value)).Distinct().ToList();
        Assert.Contains("reply", asked);
        Assert.All(asked, name => Assert.Contains($"<symbol id=\"{name}\"", sprite));
    }

    [Fact]
    public void No_module_can_turn_text_into_markup_or_code() => Assert.All(Modules(), module =>
    {
        Assert.DoesNotMatch(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setHTMLUnsafe|createContextualFragment", module.Text);
        // One place reads HTML, and what it reads stays inert.
        if (module.Name != "js/html.js") Assert.DoesNotContain("DOMParser", module.Text);
        Assert.DoesNotMatch(@"['""`]https?://(?!www\.w3\.org)", module.Text);
    });

    [Fact]
    public void A_language_comes_in_two_parts_with_all_that_the_modules_look_up_and_nothing_twice() => Assert.All(PageLanguages.Others, code =>
    {
        var (first, more) = (Keys($"lang/{code}.json"), Keys($"lang/{code}.more.json"));
        Assert.Empty(first.Intersect(more));
        var preloaded = Address().Matches(files.ShellHtml).Select(match => match.Groups[1].Value[$"/app/{files.Version}/".Length..]).ToHashSet();
        foreach (var (name, text) in Modules())
            foreach (Match call in Lookup().Matches(text)) Assert.Contains(AppWords.Mark(call.Groups[1].Value.Replace(@"\n", "\n", StringComparison.Ordinal).Replace(@"\'", "'", StringComparison.Ordinal)), preloaded.Contains(name) ? first : [.. first, .. more]);
        Assert.Contains(AppWords.Mark("Skip to the page"), first);
        Assert.Contains(AppWords.Mark("Places"), first);
        // A public page's own word.
        Assert.DoesNotContain(AppWords.Mark("{day} {month} {year}||a date"), (List<string>)[.. first, .. more]);
        Assert.Equal(first.Count + more.Count, first.Concat(more).Distinct().Count());
    });

    [Fact]
    public void No_two_texts_have_the_same_mark()
    {
        using var words = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Folder, "src/Web/App/lang/de.json")));
        List<string> keys = [.. words.RootElement.EnumerateObject().Select(entry => entry.Name)];
        Assert.Equal(keys.Count, keys.Select(AppWords.Mark).Distinct().Count());
        Assert.Equal("3a1dda3b", AppWords.Mark("Calf"));
    }

    private List<string> Keys(string file)
    {
        using var words = JsonDocument.Parse(files.Find(file, out _)!.Plain);
        return [.. words.RootElement.EnumerateObject().Select(entry => entry.Name)];
    }

    [Fact]
    public void Modules_stay_small() => Assert.All(Modules(), module => Assert.InRange(module.Text.Count(c => c == '\n'), 1, 300));

    [Fact]
    public void Styles_load_nothing_from_elsewhere() => Assert.All(
        AppFiles.Names().Where(name => name.EndsWith(".css", StringComparison.Ordinal)),
        name => Assert.DoesNotMatch(@"url\(|@import", Text(files.Find(name, out _)!)));

    [Fact]
    public void A_file_is_handed_out_in_the_form_that_the_browser_takes()
    {
        var file = files.Find("js/main.js", out var versioned)!;
        Assert.False(versioned);
        var (brotli, coding, tag) = file.For("gzip, deflate, br;q=0.9");
        Assert.Equal("br", coding);
        using var unpacked = new MemoryStream();
        new BrotliStream(new MemoryStream(brotli), CompressionMode.Decompress).CopyTo(unpacked);
        Assert.Equal(file.Plain, unpacked.ToArray());

        var (_, zipped, zippedTag) = file.For("gzip, br;q=0");
        Assert.Equal("gzip", zipped);
        Assert.NotEqual(tag, zippedTag);
        Assert.Null(file.For("").Encoding);
        Assert.Null(files.Find("icon-192.png", out _)!.For("br").Encoding);
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("js/none.js")]
    [InlineData("../app/js/main.js")]
    [InlineData("")]
    public void Nothing_else_is_handed_out(string path) => Assert.Null(files.Find(path, out _));

    [GeneratedRegex(@"(?:src|href)=""(/app/[^""]+)""")]
    private static partial Regex Address();

    [GeneratedRegex(@"import \{([^}]+)\} from '([^']+)';")]
    private static partial Regex Import();

    [GeneratedRegex(@"\bicon\('([\w-]+)'")]
    private static partial Regex IconCall();

    [GeneratedRegex(@"\bicon: '([\w-]+)'")]
    private static partial Regex IconField();

    [GeneratedRegex(@"icons\.svg#([\w-]+)")]
    private static partial Regex SpriteUse();

    [GeneratedRegex(@"\bt\('((?:[^'\\]|\\.)+)'")]
    private static partial Regex Lookup();
}
