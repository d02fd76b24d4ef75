namespace Splitrail.ExperimentSvc.Pages;

/// <summary>What every page says to the browser.</summary>
internal static class PageHeaders
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    public static void Protect(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        // Pages show what only those signed in may see, or what one visitor did; assets say otherwise for themselves.
        headers.CacheControl = "no-cache, no-store";
        headers.Pragma = "no-cache";
    }
}
