namespace Calf.Federation;

/// <summary>
/// What the owner asked for cannot be done. The message is a sentence for them; <paramref name="status"/> is the HTTP status that an
/// app is told, such as 404 or 422. Nothing was changed.
/// </summary>
public sealed class ActionException(int status, string message) : Exception(message)
{
    public int Status => status;

    /// <summary>Without a sentence it says what Mastodon says of whatever is not there.</summary>
    public static ActionException NotFound(string? message = null) => new(StatusCodes.Status404NotFound, message ?? Words.T("Record not found"));

    public static ActionException NotAllowed() => new(StatusCodes.Status403Forbidden, Words.T("This action is not allowed"));

    public static ActionException Invalid(string message) => new(StatusCodes.Status422UnprocessableEntity, message);
}
