namespace Splitrail.ExperimentSvc.Pages.Demo;

/// <summary>Addresses of the shop window, as links write them.</summary>
internal static class DemoPaths
{
    public const string Root = "/demo";
    public const string Search = Root + "/search";
    public const string Suggest = Root + "/suggest";
    public const string Cart = Root + "/cart";
    public const string Who = Root + "/who";
    public const string Items = Root + "/items";

    public static string Item(string id) => $"{Items}/{Uri.EscapeDataString(id)}";

    public static string Item(string id, string part) => $"{Item(id)}/{part}";

    /// <summary>As a click on a list's item, which the experiments count with the list.</summary>
    public static string FromList(string id, string? requestId) => requestId is null ? Item(id) : $"{Item(id)}?from={Uri.EscapeDataString(requestId)}";

    public static string Category(string name) => $"{Search}?category={Uri.EscapeDataString(name)}";
}
