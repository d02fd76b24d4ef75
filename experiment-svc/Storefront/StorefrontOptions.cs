namespace Splitrail.ExperimentSvc.Storefront;

/// <summary>How pages look at the shop through the gateway. Settings of section <c>ExperimentSvc</c>.</summary>
/// <param name="Demo">Serves the shop window at <c>/demo</c>, to anybody; off by default.</param>
/// <param name="PreviewKey">Opens the gateway's previews of arms, whose <c>Gateway:PreviewKey</c> is the same; null means there are none.</param>
/// <param name="ShopTimeout">How long the gateway may take for one list of a page.</param>
internal sealed record StorefrontOptions(bool Demo, string? PreviewKey, TimeSpan ShopTimeout)
{
    private const int LeastKey = 16;

    public static StorefrontOptions From(IConfigurationSection section, List<string> faults)
    {
        var key = section[nameof(PreviewKey)] is { Length: > 0 } given ? given : null;
        if (key is { Length: < LeastKey })
            faults.Add($"{section.Path}:{nameof(PreviewKey)} has {key.Length} characters: give {LeastKey} or more random ones, the same as Gateway:PreviewKey.");
        return new StorefrontOptions(
            SettingText.Switch(section, nameof(Demo), faults),
            key,
            SettingText.Span(section, nameof(ShopTimeout), TimeSpan.FromSeconds(2), TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(30), faults));
    }
}
