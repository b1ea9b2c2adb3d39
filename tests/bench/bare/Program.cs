// A bare endpoint to hold Calf against: answers every GET below /files with the bytes of a file of the folder, and takes every POST,
// as another server's inbox does. Counts the POSTs, and whatever it was asked that it does not have. Usage: bare PORT FOLDER
using System.Globalization;

var files = Directory.GetFiles(args[1]).ToDictionary(file => "/files/" + Path.GetFileName(file), File.ReadAllBytes);
var posts = 0;
var unknown = 0;

var builder = WebApplication.CreateSlimBuilder();
builder.WebHost.UseUrls($"http://localhost:{args[0]}");
builder.Logging.ClearProviders();
var app = builder.Build();
app.MapGet("/posts", () => Volatile.Read(ref posts).ToString(CultureInfo.InvariantCulture));
app.MapGet("/unknown", () => Volatile.Read(ref unknown).ToString(CultureInfo.InvariantCulture));
app.MapGet("/files/{name}", (HttpContext context) =>
{
    var body = files[context.Request.Path];
    context.Response.ContentType = "application/activity+json";
    context.Response.ContentLength = body.Length;
    return context.Response.Body.WriteAsync(body).AsTask();
});
app.Map("/{**path}", async (HttpContext context) =>
{
    if (!HttpMethods.IsPost(context.Request.Method))
    {
        Interlocked.Increment(ref unknown);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return;
    }
    while (true)
    {
        var read = await context.Request.BodyReader.ReadAsync();
        context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        if (read.IsCompleted) break;
    }
    Interlocked.Increment(ref posts);
    context.Response.StatusCode = StatusCodes.Status202Accepted;
});
app.Run();
