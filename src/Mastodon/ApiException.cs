namespace Calf.Mastodon;

/// <summary>The request cannot be answered. The message goes to the app as <c>error</c>.</summary>
public sealed class ApiException(int status, string message) : Exception(message)
{
    public int Status => status;

    public static ApiException NotFound(string? message = null) => new(StatusCodes.Status404NotFound, message ?? Words.T("Record not found"));

    public static ApiException Invalid(string message) => new(StatusCodes.Status422UnprocessableEntity, message);

    /// <summary>A parameter that there is no answer without.</summary>
    public static ApiException Missing(string parameter) => Malformed($"param is missing or the value is empty or invalid: {parameter}");

    public static ApiException Malformed(string message) => new(StatusCodes.Status400BadRequest, message);
}
