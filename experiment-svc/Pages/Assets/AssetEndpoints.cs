using Microsoft.Net.Http.Headers;

namespace Splitrail.ExperimentSvc.Pages.Assets;

internal static class AssetEndpoints
{
    public static void MapAssets(this IEndpointRouteBuilder routes)
    {
        foreach (var asset in AssetTable.All)
        {
            var tag = new EntityTagHeaderValue($"\"{asset.Path.Split('/')[^2]}\"");
            routes.MapGet(asset.Path, (HttpResponse response) =>
            {
                response.Headers.CacheControl = "public, max-age=31536000, immutable";
                response.Headers.Remove(HeaderNames.Pragma);
                return TypedResults.Bytes(asset.Content, asset.ContentType, entityTag: tag);
            });
        }
    }
}
