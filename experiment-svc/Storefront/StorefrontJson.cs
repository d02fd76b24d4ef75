using System.Text.Json.Serialization;

namespace Splitrail.ExperimentSvc.Storefront;

/// <summary>The gateway's JSON as its clients read it: what a newer one adds is passed over.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ShopList))]
[JsonSerializable(typeof(ShopPreview))]
[JsonSerializable(typeof(ShopRequest))]
[JsonSerializable(typeof(ShopPreviewRequest))]
[JsonSerializable(typeof(OfferedItems))]
[JsonSerializable(typeof(KnownUsers))]
[JsonSerializable(typeof(SentEvent[]))]
[JsonSerializable(typeof(SentEvents))]
[JsonSerializable(typeof(ShopRefusal))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class StorefrontJson : JsonSerializerContext;
