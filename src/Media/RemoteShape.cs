namespace Calf.Media;

/// <summary>How a file of another server is shown.</summary>
public enum RemoteShape
{
    /// <summary>As it is.</summary>
    Original,

    /// <summary>A small still picture of a picture.</summary>
    Preview,
    Header,
    Avatar,
    AvatarStill,
    Emoji,
    EmojiStill,
}

public static class RemoteShapes
{
    public const int AvatarSide = 400, EmojiSide = 128, PreviewSide = 640, HeaderSide = 1500;

    /// <summary>Larger animations are shown as a still picture where a small picture belongs.</summary>
    public const int MaxMovingBytes = 2 * 1024 * 1024;

    private static readonly string[] Words = ["original", "preview", "header", "avatar", "avatar-still", "emoji", "emoji-still"];

    /// <summary>As it stands in addresses.</summary>
    public static string Word(this RemoteShape shape) => Words[(int)shape];

    public static RemoteShape? Of(string word) => Array.IndexOf(Words, word) is >= 0 and var shape ? (RemoteShape)shape : null;

    /// <summary>The picture in this shape; null when it stays as it is.</summary>
    /// <exception cref="MediaException">It cannot be read, or has too many pixels.</exception>
    public static (byte[] Encoded, MediaType Type)? Draw(this RemoteShape shape, string path, MediaType type, long bytes)
    {
        if (shape != RemoteShape.Original) return Pictures.Still(path, type, SideOf(shape), shape is RemoteShape.Avatar or RemoteShape.Emoji && bytes <= MaxMovingBytes);
        Pictures.Demand(path, type);
        return null;
    }

    /// <summary>The size of <see cref="RemoteShape.Preview"/> of a picture of this size, to a pixel.</summary>
    public static (int Width, int Height) PreviewOf(int width, int height)
    {
        var scale = Math.Min(1, (double)PreviewSide / Math.Max(width, height));
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    private static int SideOf(RemoteShape shape) => shape switch
    {
        RemoteShape.Header => HeaderSide,
        RemoteShape.Avatar or RemoteShape.AvatarStill => AvatarSide,
        RemoteShape.Emoji or RemoteShape.EmojiStill => EmojiSide,
        _ => PreviewSide,
    };
}
