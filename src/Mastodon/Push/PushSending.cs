using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Calf.Accounts;
using Calf.Mastodon.Entities;
using Calf.Media;
using Calf.Notifications;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon.Push;

/// <summary>What came of a push.</summary>
public enum PushResult
{
    Done,

    /// <summary>It may go through another time.</summary>
    Later,

    /// <summary>The subscription is over.</summary>
    Gone,
}

/// <summary>Sends one notification to one app or browser (RFC 8030).</summary>
public sealed class PushSending(Database database, Site site, AccountRendering accounts, PushKey key, SafeHttp http, TimeProvider time)
{
    /// <summary>How long the push service keeps it for a telephone that is off.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(48);

    /// <summary>The type of a test, which no notification has.</summary>
    private const string TestType = "test";

    private const int MaxBody = 140;
    private const int MaxAnswer = 1024;

    public async Task<PushResult> Send(QueuedPush push, PushSubscription to, CancellationToken cancel)
    {
        Words.Speak(to.Language);
        return database.Read(c => Payload(c, push.NotificationId, to)) is { } payload ? await Send(payload, to, cancel) : PushResult.Done;
    }

    /// <summary>Sends what is no notification, so that the owner sees whether pushes arrive.</summary>
    public Task<PushResult> SendTest(Account owner, PushSubscription to, CancellationToken cancel) => Send(new PushPayload(
        to.AccessToken, Words.Language, 0, TestType, accounts.Avatar(owner, RemoteShape.AvatarStill), Words.T("Notifications work here"), Words.T("Sent by {domain}, since you asked for it.", ("domain", site.Domain))), to, cancel);

    private async Task<PushResult> Send(PushPayload payload, PushSubscription to, CancellationToken cancel)
    {
        try
        {
            var answer = await http.Send(Request(JsonSerializer.SerializeToUtf8Bytes(payload, PushJson.Default.PushPayload), to), cancel);
            // As Mastodon: whoever refuses for good does not want any more of it, whatever the reason.
            return answer.IsSuccess ? PushResult.Done : answer.Status is >= 400 and < 500 and not 408 and not 413 and not 429 ? PushResult.Gone
                : answer.Status == 413 ? PushResult.Done : PushResult.Later;
        }
        catch (SafeHttpException failure)
        {
            return failure.Transient ? PushResult.Later : PushResult.Gone;
        }
    }

    private SafeRequest Request(byte[] payload, PushSubscription to)
    {
        var endpoint = new Uri(to.Endpoint);
        var token = key.Key.Token(endpoint, site.Base, time.GetUtcNow());
        List<KeyValuePair<string, string>> headers =
        [
            new("TTL", ((long)Kept.TotalSeconds).ToString(CultureInfo.InvariantCulture)),
            new("Urgency", "normal"),
        ];
        EncryptedPush push;
        if (to.Standard)
        {
            push = WebPushEncryption.Encrypt(payload, to.Key, to.Auth);
            headers.AddRange([new("Content-Encoding", "aes128gcm"), new("Authorization", $"vapid t={token}, k={key.Key.PublicKey}")]);
        }
        else
        {
            push = WebPushEncryption.EncryptOlder(payload, to.Key, to.Auth);
            headers.AddRange(
            [
                new("Content-Encoding", "aesgcm"), new("Encryption", $"salt={Base64Url.EncodeToString(push.Salt)}"),
                new("Crypto-Key", $"dh={Base64Url.EncodeToString(push.PublicKey)};p256ecdsa={key.Key.PublicKey}"), new("Authorization", $"WebPush {token}"),
            ]);
        }
        return SafeRequest.Post(endpoint, push.Body, "application/octet-stream") with { Headers = headers, MaxRedirects = 0, MaxBytes = MaxAnswer, CutBody = true };
    }

    /// <summary>Null when it is gone meanwhile.</summary>
    private PushPayload? Payload(Connection c, long notificationId, PushSubscription to)
    {
        if (NotificationStore.Find(c, notificationId) is not { } notification || AccountStore.Find(c, notification.AccountId) is not { } from) return null;
        var status = notification.StatusId is { } id ? StatusStore.Find(c, id) : null;
        var text = status is null ? PlainText.OfHtml(from.Note) : status.SpoilerText.Length > 0 ? status.SpoilerText : PlainText.OfHtml(status.Content);
        return new PushPayload(
            to.AccessToken, Words.Language, notification.Id, notification.Type, accounts.Avatar(from, RemoteShape.AvatarStill),
            Title(notification.Type, from.Name), Cut(text));
    }

    private static string Title(string type, string who) => type switch
    {
        NotificationTypes.Mention => Words.T("{who} mentioned you", ("who", who)),
        NotificationTypes.Status => Words.T("{who} posted", ("who", who)),
        NotificationTypes.Boost => Words.T("{who} boosted your post", ("who", who)),
        NotificationTypes.Follow => Words.T("{who} follows you", ("who", who)),
        NotificationTypes.FollowRequest => Words.T("{who} asks to follow you", ("who", who)),
        NotificationTypes.Favourite => Words.T("{who} likes your post", ("who", who)),
        NotificationTypes.Poll => Words.T("A poll by {who} has ended", ("who", who)),
        NotificationTypes.Update => Words.T("{who} edited a post that you boosted", ("who", who)),
        NotificationTypes.Quote => Words.T("{who} quoted you", ("who", who)),
        NotificationTypes.QuotedUpdate => Words.T("{who} edited a post that you quoted", ("who", who)),
        _ => Words.T("{who} passes on a complaint about you", ("who", who)),
    };

    private static string Cut(string text)
    {
        var characters = new StringInfo(text);
        return characters.LengthInTextElements <= MaxBody ? text : characters.SubstringByTextElements(0, MaxBody - 1) + "…";
    }
}
