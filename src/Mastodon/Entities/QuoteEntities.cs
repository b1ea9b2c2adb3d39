using System.Text.Json.Serialization;

namespace Calf.Mastodon.Entities;

/// <param name="State">
/// <c>pending</c>, <c>accepted</c>, <c>rejected</c>, <c>revoked</c>, <c>deleted</c>, <c>unauthorized</c>, <c>blocked_account</c>,
/// <c>blocked_domain</c> or <c>muted_account</c>.
/// </param>
[JsonDerivedType(typeof(WholeQuoteEntity))]
[JsonDerivedType(typeof(ShallowQuoteEntity))]
public abstract record QuoteEntity(string State);

/// <summary>https://docs.joinmastodon.org/entities/Quote/</summary>
public sealed record WholeQuoteEntity(string State, StatusEntity? QuotedStatus) : QuoteEntity(State);

/// <summary>The quote of a quoted status. https://docs.joinmastodon.org/entities/ShallowQuote/</summary>
public sealed record ShallowQuoteEntity(string State, string? QuotedStatusId) : QuoteEntity(State);

/// <summary>https://docs.joinmastodon.org/entities/QuoteApproval/</summary>
/// <param name="Automatic">Of <c>public</c>, <c>followers</c>, <c>following</c> and <c>unsupported_policy</c>.</param>
/// <param name="CurrentUser"><c>automatic</c>, <c>manual</c>, <c>denied</c> or <c>unknown</c>.</param>
public sealed record QuoteApprovalEntity(IReadOnlyList<string> Automatic, IReadOnlyList<string> Manual, string CurrentUser);
