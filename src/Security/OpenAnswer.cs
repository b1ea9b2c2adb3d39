using System.Net.Http.Headers;

namespace Calf.Security;

/// <summary>An answer whose body is still to be read. Whoever gets it closes it, which ends the transfer.</summary>
public sealed class OpenAnswer(HttpResponseMessage answer, TimeProvider time) : IDisposable
{
    public int Status => (int)answer.StatusCode;

    public HttpContentHeaders ContentHeaders => answer.Content.Headers;

    /// <summary>The body as it was sent. Each read has its time limit and fails with an <see cref="IOException"/>; closing it closes the answer.</summary>
    public async Task<Stream> Body(CancellationToken ct) => new PatientStream(await answer.Content.ReadAsStreamAsync(ct), this, time);

    /// <summary>The beginning of the body as text, for errors and lists.</summary>
    /// <exception cref="IOException">It broke off or did not go on.</exception>
    public async Task<string> Text(int mostBytes, CancellationToken ct)
    {
        await using var body = await Body(ct);
        var bytes = new byte[Math.Min(mostBytes, ContentHeaders.ContentLength ?? mostBytes)];
        return System.Text.Encoding.UTF8.GetString(bytes, 0, await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct));
    }

    public void Dispose() => answer.Dispose();

    private sealed class PatientStream(Stream body, OpenAnswer answer, TimeProvider time) : ReadingStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            // Of its own for each read: how long the reader takes in between is not the other server's fault.
            using var deadline = new Deadline(time, SafeHttp.ReadTimeout, cancellationToken);
            try
            {
                return await body.ReadAsync(buffer, deadline.Token);
            }
            catch (OperationCanceledException e) when (deadline.Passed)
            {
                throw new IOException("The answer did not go on in time.", e);
            }
            catch (HttpRequestException e)
            {
                throw new IOException("The answer broke off.", e);
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) answer.Dispose();
            base.Dispose(disposing);
        }
    }
}

/// <summary>Tells of each step that its reader makes.</summary>
internal sealed class SteppingStream(Stream inner, Action step) : ReadingStream
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        step();
        return inner.ReadAsync(buffer, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
