using Splitrail.Contracts;
using Splitrail.ExperimentSvc.Storefront;

namespace Splitrail.ExperimentSvc.Pages.Demo;

/// <summary>One visit's dealings with the shop: what was done is told by the public API, as any storefront does, and then the list for the shopper is asked for.</summary>
internal sealed class DemoShop(ShopApi shop)
{
    public const int ListLength = 12;

    /// <summary>A shopper's step with the event that tells it.</summary>
    public static (Shopper Shopper, SentEvent Event) Take(Shopper shopper, Step step, int? quantity = null, double? value = null)
    {
        var after = shopper.With(step);
        return (after, EventOf(after, step.Kind, step.Item, step.Request ?? shopper.RequestOf(step.Item)) with { Quantity = quantity, Value = value });
    }

    /// <summary>The event of the latest step.</summary>
    public static SentEvent EventOf(Shopper shopper, string type, string item, string? request) =>
        new($"{shopper.Session}-{shopper.Count}-{type}", type, item, shopper.User, shopper.Session, RequestId: request);

    /// <summary>Null when all was taken, else why not.</summary>
    public async Task<string?> TellAsync(SentEvent[] events, CancellationToken cancellationToken) =>
        events.Length == 0 ? null : (await shop.SendAsync(events, cancellationToken)).Problem;

    /// <param name="shopper">After his latest step.</param>
    /// <param name="page">Where the list is shown.</param>
    /// <param name="notTold">Why the step could not be told; null when it was.</param>
    /// <param name="cancellationToken">The caller's deadline.</param>
    public async Task<DemoView> LookAsync(Shopper shopper, string page, string? notTold, CancellationToken cancellationToken)
    {
        var naming = shop.ItemsAsync([.. shopper.Steps.Select(static step => step.Item), .. shopper.Cart, .. shopper.Before], cancellationToken);
        var list = await shop.RecommendAsync(RequestOf(shopper, ListLength, page), cancellationToken);
        var shown = list.Value?.Shown ?? [];
        if (list.Value?.RequestId is { } request && shown.Count > 0)
            notTold ??= await TellAsync([.. shown.Select((item, i) => Impression(shopper, request, item.ItemId, i))], cancellationToken);
        return new DemoView(
            // A list that could not be had must not look as if everything had left it.
            list.Value is null ? shopper : shopper.Showing(shown),
            list,
            list.Value is null ? ListChange.None : ListChange.Between(shopper.Before, [.. shown.Select(static item => item.ItemId)]),
            (await naming).Value ?? new OfferedItems([]),
            notTold);
    }

    public static ShopRequest RequestOf(Shopper shopper, int count, string? page = null) =>
        new(shopper.User, shopper.Session, shopper.Seen, count, page is null ? null : new ShopContext(page));

    private static SentEvent Impression(Shopper shopper, string request, string item, int place) =>
        new($"{request}-{place}", EventTypes.Impression, item, shopper.User, shopper.Session, RequestId: request);
}
