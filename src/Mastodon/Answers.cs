using System.Text.Json.Serialization.Metadata;

namespace Calf.Mastodon;

/// <summary>Answers as JSON, always with an explicit type: a naming policy is lost on the host's resolver chain.</summary>
public static class Answers
{
    public static IResult Json<T>(T value, JsonTypeInfo<T> type, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(value, type, statusCode: status);

    public static IResult Error(int status, string message) => Json(new ErrorEntity(message), MastodonJson.Api.ErrorEntity, status);

    /// <summary>What Mastodon answers when there is nothing to tell: <c>{}</c>.</summary>
    public static IResult Empty() => TypedResults.Text("{}", "application/json; charset=utf-8");
}

/// <summary>https://docs.joinmastodon.org/entities/Error/</summary>
public sealed record ErrorEntity(string Error);
