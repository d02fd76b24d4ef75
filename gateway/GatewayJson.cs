using System.Text.Json;
using System.Text.Json.Serialization;
using Splitrail.Gateway.Caching;
using Splitrail.Gateway.Events;
using Splitrail.Gateway.Flags;
using Splitrail.Gateway.Lists;
using Splitrail.Gateway.Previews;
using Splitrail.Gateway.Recommendations;
using Splitrail.Gateway.Search;
using Splitrail.Gateway.Shop;
using Splitrail.Gateway.Welcome;
using Splitrail.Input;

namespace Splitrail.Gateway;

/// <summary>
/// The public API's JSON. Its strictness is set in <see cref="MakeStrict"/> on the options ASP.NET uses: what is said on a context is ignored there.
/// </summary>
[JsonSerializable(typeof(RecommendationRequest))]
[JsonSerializable(typeof(RecommendationResponse))]
[JsonSerializable(typeof(PreviewRequest))]
[JsonSerializable(typeof(PreviewResponse))]
[JsonSerializable(typeof(ItemList))]
[JsonSerializable(typeof(UserRecommendations))]
[JsonSerializable(typeof(ListResponse))]
[JsonSerializable(typeof(SearchAnswer))]
[JsonSerializable(typeof(EventRequest))]
[JsonSerializable(typeof(EventBatchRequest))]
[JsonSerializable(typeof(IReadOnlyList<EventRequest>))]
[JsonSerializable(typeof(EventsAccepted))]
[JsonSerializable(typeof(UserPage))]
[JsonSerializable(typeof(ShopSummary))]
[JsonSerializable(typeof(ModelShown))]
[JsonSerializable(typeof(CachesShown))]
[JsonSerializable(typeof(WarmedUp))]
[JsonSerializable(typeof(CachesCleared))]
[JsonSerializable(typeof(WelcomeAnswer))]
[JsonSerializable(typeof(FeatureFlagExport))]
internal sealed partial class GatewayJson : JsonSerializerContext
{
    public static void MakeStrict(JsonSerializerOptions options)
    {
        options.TypeInfoResolverChain.Insert(0, Default);
        StrictJson.Tighten(options);
    }
}
