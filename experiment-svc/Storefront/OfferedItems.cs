namespace Splitrail.ExperimentSvc.Storefront;

/// <summary>Items by id, without those that are not offered.</summary>
public sealed record OfferedItems(IReadOnlyList<OfferedItem>? Items)
{
    public OfferedItem? Find(string id) => Items?.FirstOrDefault(item => item.ItemId == id);
}

public sealed record OfferedItem(string ItemId, string? Title, string? Category, decimal? Price, bool InStock, IReadOnlyDictionary<string, string>? Attributes)
{
    public string Name => Title is { Length: > 0 } title ? title : ItemId;
}

/// <summary>Some of the shop's users.</summary>
public sealed record KnownUsers(IReadOnlyList<string>? Users, long Total);
