using System.Globalization;
using Microsoft.AspNetCore.Routing.Matching;

namespace Calf.Federation;

/// <summary>
/// Some addresses have a page for people and a document for servers. Both are mapped as endpoints of the same pattern, the
/// document's one marked <see cref="ServesDocument{T}"/>; the Accept header says which of them answers.
/// </summary>
public static class ContentNegotiation
{
    public const string ActivityJson = "application/activity+json";

    public static TBuilder ServesDocument<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder
    {
        endpoint.Add(built => built.Metadata.Add(Document.Instance));
        return endpoint;
    }

    /// <summary>Whether the client would rather have the document. A browser and a client that takes anything get the page.</summary>
    public static bool WantsDocument(HttpRequest request)
    {
        var accept = request.Headers.Accept;
        if (accept.Count == 0) return false;
        double document = 0, page = 0, any = 0;
        foreach (var header in accept)
            foreach (var part in header.AsSpan().Split(','))
                Weigh(header.AsSpan()[part].Trim(), ref document, ref page, ref any);
        return document > 0 && document >= Math.Max(page, any);
    }

    private static void Weigh(ReadOnlySpan<char> range, ref double document, ref double page, ref double any)
    {
        var end = range.IndexOf(';');
        var type = (end < 0 ? range : range[..end]).Trim();
        var quality = end < 0 ? 1 : QualityOf(range[end..]);
        // ld+json counts without its profile and plain JSON counts as well: what else could they want here?
        if (Is(type, ActivityJson) || Is(type, "application/ld+json") || Is(type, "application/json")) document = Math.Max(document, quality);
        else if (Is(type, "text/html") || Is(type, "application/xhtml+xml")) page = Math.Max(page, quality);
        else if (Is(type, "*/*")) any = Math.Max(any, quality);
    }

    private static bool Is(ReadOnlySpan<char> type, string other) => type.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static double QualityOf(ReadOnlySpan<char> parameters)
    {
        foreach (var part in parameters.Split(';'))
        {
            var parameter = parameters[part].Trim();
            if (parameter.StartsWith("q=", StringComparison.OrdinalIgnoreCase))
                return double.TryParse(parameter[2..], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality) ? Math.Clamp(quality, 0, 1) : 0;
        }
        return 1;
    }

    private sealed class Document
    {
        public static readonly Document Instance = new();
    }

    /// <summary>Chooses between the endpoints of one pattern; to be registered as a <see cref="MatcherPolicy"/>.</summary>
    internal sealed class Policy : MatcherPolicy, IEndpointSelectorPolicy
    {
        public override int Order => 0;

        public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(IsDocument);

        public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
        {
            var wanted = WantsDocument(httpContext.Request);
            // An endpoint of a narrower pattern is neither the page nor the document, and comes first whatever is accepted.
            var best = Valid(candidates).Select(i => candidates[i].Score).DefaultIfEmpty().Min();
            var same = Valid(candidates).Where(i => candidates[i].Score == best).ToList();
            if (!same.Exists(i => IsDocument(candidates[i].Endpoint) == wanted)) return Task.CompletedTask;
            foreach (var i in same.Where(i => IsDocument(candidates[i].Endpoint) != wanted)) candidates.SetValidity(i, false);
            return Task.CompletedTask;
        }

        private static IEnumerable<int> Valid(CandidateSet candidates) => Enumerable.Range(0, candidates.Count).Where(candidates.IsValidCandidate);

        private static bool IsDocument(Endpoint endpoint) => endpoint.Metadata.GetMetadata<Document>() is not null;
    }
}
