namespace Calf.Search;

/// <summary>What a part of a query asks for.</summary>
public enum ClauseKind { Words, Tag, Mention, From, Property, Language, Scope, Before, After, During }

/// <param name="Text">The words, or the operator's value.</param>
public sealed record SearchClause(ClauseKind Kind, string Text, bool Negated = false);
