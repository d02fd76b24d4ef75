using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Storefront;

/// <summary>Who a list is for.</summary>
internal sealed record ShopRequest(string? UserId, string? SessionId, IReadOnlyList<string>? SessionItems, int NumItems, ShopContext? Context = null);

internal sealed record ShopContext(string Page);

/// <summary>The same under an arm's parameters; null is the shop without experiments.</summary>
internal sealed record ShopPreviewRequest(ShopRequest Request, ArmParameters? Parameters);

/// <param name="List">As it would be served.</param>
/// <param name="Events">How many interactions of the shopper are known; null when nobody could say.</param>
/// <param name="History">Ids of the shopper's items, the latest first.</param>
public sealed record ShopPreview(ShopList? List, int? Events, IReadOnlyList<string>? History);

internal sealed record SentEvent(
    string EventId, string Type, string ItemId, string? UserId, string SessionId, int? Quantity = null, double? Value = null, string? RequestId = null);

public sealed record SentEvents(int Accepted);

/// <summary>What is read of a refusal.</summary>
internal sealed record ShopRefusal(string? Title, string? Detail);
