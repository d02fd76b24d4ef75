namespace Splitrail.Gateway.Caching;

/// <summary>Answer of <c>GET /cache_stats</c>.</summary>
internal sealed record CachesShown(CacheStatistics Contexts, CacheStatistics Lists);

/// <summary>Answer of <c>POST /cache_warmup</c>.</summary>
/// <param name="Skipped">True when it was done a moment ago.</param>
/// <param name="PopularItems">Length of the refreshed popular list; null when candidate-svc gave none.</param>
/// <param name="Lists">How many lists are in the cache now.</param>
internal sealed record WarmedUp(bool Skipped, int? PopularItems, int Lists);

/// <summary>Answer of <c>POST /cache_clear</c>: how many entries were dropped.</summary>
internal sealed record CachesCleared(int Contexts, int Lists);
