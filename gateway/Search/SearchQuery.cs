using Splitrail.Gateway.Input;
using Splitrail.Gateway.Lists;
using Splitrail.Input;

namespace Splitrail.Gateway.Search;

/// <summary>A search that keeps all the rules.</summary>
/// <param name="Text">What was typed.</param>
/// <param name="List">Count and filters.</param>
/// <param name="Offset">Items before the page.</param>
/// <param name="Facets">Whether to count categories and prices.</param>
/// <param name="Prefix">Whether the last word may be the beginning of one.</param>
/// <param name="UserId">Whose taste orders what matches; null for nobody's.</param>
/// <param name="SessionId">The same.</param>
/// <param name="SessionItems">Oldest first.</param>
internal sealed record SearchQuery(
    string Text, ListQuery List, int Offset, bool Facets, bool Prefix, string? UserId, string? SessionId, IReadOnlyList<string> SessionItems)
{
    public const int MaxOffset = 1500;
    public const int MaxSessionItems = 100;

    public bool IsPersonal => UserId is not null || SessionId is not null || SessionItems.Count > 0;

    /// <returns>The first fault, or null and the query.</returns>
    public static InputFault? Read(SearchParameters given, ListParameters list, out SearchQuery query)
    {
        string[] items = given.SessionItems is { } text ? text.Split(',') : [];
        var fault = TextRule.FaultOf("q", given.Text) ?? FaultOfBlank(given.Text!);
        var next = ListQuery.Read(list, out var shared);
        fault ??= next;
        next = QueryRules.ReadNumber("offset", given.Offset, 0, MaxOffset, 0, out var offset);
        fault ??= next;
        next = QueryRules.ReadSwitch("facets", given.Facets, false, out var facets);
        fault ??= next;
        next = QueryRules.ReadSwitch("prefix", given.Prefix, true, out var prefix);
        fault ??= next
            ?? IdRule.FaultOfOptional("user_id", given.UserId)
            ?? IdRule.FaultOfOptional("session_id", given.SessionId)
            ?? IdRule.FaultOfList("session_items", items, MaxSessionItems);
        query = new SearchQuery(given.Text ?? "", shared, offset, facets, prefix, given.UserId, given.SessionId, items);
        return fault;
    }

    private static InputFault? FaultOfBlank(string text) =>
        string.IsNullOrWhiteSpace(text) ? new InputFault("q", text, "must have a character that is not blank") : null;
}

/// <summary>As they stand in the query string, beside <see cref="ListParameters"/>.</summary>
internal readonly record struct SearchParameters(
    string? Text, string? Offset, string? Facets, string? Prefix, string? UserId, string? SessionId, string? SessionItems);
