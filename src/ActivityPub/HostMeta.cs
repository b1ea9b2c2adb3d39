using System.Xml;

namespace Calf.ActivityPub;

/// <summary>Reads RFC 6415 host-meta, where a host says that its WebFinger lives elsewhere (wire 61).</summary>
internal static class HostMeta
{
    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = 64 * 1024,
    };

    /// <summary>The lrdd template, holding <c>{uri}</c>; null where there is none or the text is no plain XML.</summary>
    public static string? LrddTemplate(byte[] xml)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(xml), Settings);
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "Link" || reader.GetAttribute("rel") != "lrdd") continue;
                if (reader.GetAttribute("template") is { } template && template.Contains("{uri}", StringComparison.Ordinal)) return template;
            }
        }
        catch (XmlException)
        {
            return null;
        }
        return null;
    }
}
