namespace Calf.Mastodon;

/// <summary>The request cannot be answered. The message goes to the app as <c>error</c>.</summary>
public sealed class ApiException(int status, string message) : Exception(message)
{
    public int Status => status;

    public static ApiException NotFound() => new(StatusCodes.Status404NotFound, "Record not found");

    public static ApiException Invalid(string message) => new(StatusCodes.Status422UnprocessableEntity, message);

    public static ApiException Malformed(string message) => new(StatusCodes.Status400BadRequest, message);
}
