using System.Buffers.Binary;
using System.Text;
using Calf.Media;
using Calf.Tests.Support;
using SkiaSharp;

namespace Calf.Tests.Media;

/// <summary>Pictures that are broken, lie or are something else besides: of each kind, and never more than one refusal.</summary>
public sealed class HostilePicturesTests : IDisposable
{
    private const string Script = "<script>alert(document.domain)</script>";

    private static readonly byte[] Gif = Convert.FromBase64String("R0lGODlhAQABAPAAAP8AAAAA/yH5BAAKAAAALAAAAAABAAEAAAICRAEAOw==");

    private readonly TempFolder folder = new();

    public static TheoryData<string> Kinds => ["jpeg", "png", "webp", "gif"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_that_breaks_off_anywhere_is_refused(string kind)
    {
        var whole = Of(kind);
        foreach (var part in new[] { 1, 4, 12, 20, whole.Length / 4, whole.Length / 2, whole.Length * 3 / 4 }.Where(part => part < whole.Length))
            Assert.Throws<MediaException>(() => Prepare(whole[..part]));
        Prepare(whole);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_with_wrong_bytes_is_a_picture_or_refused(string kind)
    {
        var whole = Of(kind);
        var random = new Random(5);
        for (var n = 0; n < 150; n++)
        {
            var wrong = whole.ToArray();
            for (var i = 0; i < 1 + n % 8; i++) wrong[random.Next(wrong.Length)] = (byte)random.Next(256);
            try
            {
                Assert.InRange(Prepare(wrong).Width, 1, 40_000);
            }
            catch (MediaException)
            {
                // As it should; whatever else is thrown fails the test.
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_that_says_it_is_huge_is_refused_before_it_is_decoded(string kind)
    {
        var small = Of(kind);
        SayItIs(16_000, 16_000, small, kind);
        Assert.True(small.Length < 100_000);
        Assert.Contains("16000", Assert.Throws<MediaException>(() => Prepare(small)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_that_says_it_is_larger_than_its_content_harms_nobody(string kind)
    {
        var lying = Of(kind);
        SayItIs(1900, 1700, lying, kind);
        // A GIF may be smaller than its canvas, and of a JPEG the rest is grey.
        if (kind is "gif" or "jpeg") Assert.Equal((1900, 1700), (Prepare(lying).Width, Prepare(lying).Height));
        else Assert.Throws<MediaException>(() => Prepare(lying));
    }

    /// <summary>What is a page, a script or an archive besides is only a picture afterwards.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_something_else_as_well_is_a_picture_alone(string kind)
    {
        var whole = Of(kind);
        byte[] polyglot = [.. whole, .. Encoding.ASCII.GetBytes($"<html>{Script}"), .. "PK\u0003\u0004"u8];
        if (kind == "jpeg") polyglot = [.. polyglot[..2], 0xFF, 0xFE, 0, (byte)(Script.Length + 2), .. Encoding.ASCII.GetBytes(Script), .. polyglot[2..]];

        var ready = Prepare(polyglot);

        Assert.Equal(ready.Type, MediaType.Of(ready.Encoded));
        foreach (var made in new[] { ready.Encoded, ready.Preview })
        {
            Assert.Equal(-1, made.AsSpan().IndexOf("<script>"u8));
            Assert.Equal(-1, made.AsSpan().IndexOf("PK\u0003\u0004"u8));
        }
    }

    [Theory]
    [InlineData("\u00FF\u00D8\u00FF")]
    [InlineData("\u0089PNG\r\n\u001A\n")]
    [InlineData("GIF89a/*")]
    [InlineData("RIFF\u0010\0\0\0WEBP")]
    [InlineData("\0\0\0\u0018ftypavif")]
    [InlineData("\0\0\0\u0018ftypheic")]
    public void A_page_with_the_first_bytes_of_a_picture_is_refused(string head) =>
        Assert.Throws<MediaException>(() => Prepare([.. Encoding.Latin1.GetBytes(head), .. Encoding.ASCII.GetBytes(Script + new string(' ', 500))]));

    private static byte[] Of(string kind) => kind switch
    {
        "jpeg" => Drawings.Of(300, 200, SKEncodedImageFormat.Jpeg),
        "png" => Drawings.Of(300, 200, SKEncodedImageFormat.Png),
        "webp" => Drawings.Of(300, 200, SKEncodedImageFormat.Webp),
        _ => Gif.ToArray(),
    };

    /// <summary>Where each kind says its size: SOF of JPEG, IHDR of PNG, the key frame of VP8, the canvas of GIF.</summary>
    private static void SayItIs(ushort width, ushort height, byte[] picture, string kind)
    {
        if (kind == "jpeg")
        {
            var frame = picture.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
            BinaryPrimitives.WriteUInt16BigEndian(picture.AsSpan(frame + 5), height);
            BinaryPrimitives.WriteUInt16BigEndian(picture.AsSpan(frame + 7), width);
        }
        else if (kind == "png")
        {
            BinaryPrimitives.WriteUInt32BigEndian(picture.AsSpan(16), width);
            BinaryPrimitives.WriteUInt32BigEndian(picture.AsSpan(20), height);
            BinaryPrimitives.WriteUInt32BigEndian(picture.AsSpan(29), PicturesTests.Crc(picture.AsSpan(12, 17)));
        }
        else
        {
            var at = kind == "webp" ? 26 : 6;
            BinaryPrimitives.WriteUInt16LittleEndian(picture.AsSpan(at), width);
            BinaryPrimitives.WriteUInt16LittleEndian(picture.AsSpan(at + 2), height);
        }
    }

    private ReadyPicture Prepare(byte[] content)
    {
        var path = folder.File("picture");
        File.WriteAllBytes(path, content);
        return Pictures.Prepare(path, MediaType.Of(content) ?? MediaType.Jpeg);
    }

    public void Dispose() => folder.Dispose();
}
