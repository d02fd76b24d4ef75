namespace Splitrail.Trainer.DemoShop;

/// <summary>Words that titles share across categories: the style is a taste that people have, the maker only tells items apart.</summary>
internal static class DemoWords
{
    public static string[] Styles { get; } =
    [
        "Nordic", "Rustic", "Art Deco", "Industrial", "Coastal", "Botanical", "Minimalist", "Retro", "Bohemian", "Farmhouse", "Monochrome", "Pastel",
    ];

    public static string[] Makers { get; } =
    [
        "Alder", "Ashby", "Bramble", "Briar & Co", "Calder", "Cobble", "Copperfield", "Dovetail", "Elm Street", "Fallow", "Fern & Fox", "Foundry", "Gable",
        "Hartwell", "Hazel", "Heron", "Hollin", "Juniper", "Kestrel", "Larkspur", "Linden", "Marlow", "Meadow", "Millbrook", "Moss", "Nettle", "Oakham",
        "Otter", "Pebble", "Quarry", "Quill", "Rowan", "Saltmarsh", "Sorrel", "Tansy", "Thistle", "Tilly", "Wharf", "Willow", "Wren",
    ];
}
