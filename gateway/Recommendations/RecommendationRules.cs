using System.Diagnostics.CodeAnalysis;
using Splitrail.Experiments;
using Splitrail.Gateway.Input;
using Splitrail.Input;

namespace Splitrail.Gateway.Recommendations;

/// <summary>From a request to a query, or to the first thing that is wrong with it.</summary>
internal static class RecommendationRules
{
    public const int MaxItems = 500;
    public const int DefaultItems = 10;
    public const int MaxSessionItems = 100;

    public static bool TryRead(
        RecommendationRequest request, [NotNullWhen(true)] out RecommendationQuery? query, [NotNullWhen(false)] out InputFault? fault)
    {
        query = null;
        var filterFault = FilterRules.Read(request.Filters, out var filters);
        fault = IdRule.FaultOfOptional("user_id", request.UserId)
            ?? IdRule.FaultOfOptional("session_id", request.SessionId)
            ?? IdRule.FaultOfList("session_items", request.SessionItems, MaxSessionItems)
            ?? FaultOfCount(request.NumItems)
            ?? FaultOfContext(request.Context)
            ?? filterFault;
        if (fault is not null)
            return false;
        query = new RecommendationQuery(
            request.UserId,
            request.SessionId,
            (IReadOnlyList<string>?)request.SessionItems ?? [],
            request.NumItems ?? DefaultItems,
            filters,
            FactsOf(request.Context),
            request.Explain ?? false);
        return true;
    }

    private static PageFacts? FactsOf(PageContext? context) => context is null
        ? null
        : new PageFacts(context.Device, context.Page, context.Category, context.Country, context.Language, context.Referrer, context.AppVersion);

    private static InputFault? FaultOfCount(int? count) =>
        count is < 1 or > MaxItems ? new InputFault("num_items", count, $"must be a whole number from 1 to {MaxItems}") : null;

    private static InputFault? FaultOfContext(PageContext? context) => context is null
        ? null
        : TextRule.FaultOfOptional("context.device", context.Device)
            ?? TextRule.FaultOfOptional("context.page", context.Page)
            ?? TextRule.FaultOfOptional("context.category", context.Category)
            ?? TextRule.FaultOfOptional("context.country", context.Country)
            ?? TextRule.FaultOfOptional("context.language", context.Language)
            ?? TextRule.FaultOfOptional("context.referrer", context.Referrer)
            ?? TextRule.FaultOfOptional("context.app_version", context.AppVersion);
}
