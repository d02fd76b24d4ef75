namespace Splitrail.Benchmarks.Search;

/// <summary>What a shop for the home calls its things.</summary>
internal static class ShopWords
{
    public static IReadOnlyList<(string Category, string[] Things)> Shelves { get; } =
    [
        ("Kitchen", Words("mug teapot saucepan kettle ladle colander grater whisk spatula casserole skillet cutlery tray jug bowl plate saucer tumbler decanter corkscrew")),
        ("Lighting", Words("lantern lamp chandelier candlestick torch lampshade sconce nightlight spotlight candle")),
        ("Bedroom", Words("pillow duvet blanket mattress quilt bedspread pillowcase wardrobe nightstand headboard eiderdown")),
        ("Living room", Words("sofa cushion armchair rug curtain bookcase sideboard footstool carpet throw ottoman magazine-rack")),
        ("Garden", Words("trowel planter hammock birdhouse parasol wheelbarrow watering-can trellis secateurs hosepipe sundial barbecue")),
        ("Bathroom", Words("towel bathrobe soap-dish shower-curtain toothbrush sponge bathmat mirror flannel laundry-basket")),
        ("Stationery", Words("notebook pencil envelope folder stapler calendar diary sketchbook postcard paperweight bookmark fountain-pen")),
        ("Toys", Words("puzzle teddy kite marble skipping-rope building-blocks doll rocking-horse spinning-top jigsaw drum yo-yo")),
        ("Decoration", Words("vase picture-frame clock wreath ornament figurine garland doorstop bunting weathervane tapestry")),
        ("Luggage", Words("suitcase backpack satchel holdall purse briefcase wallet rucksack umbrella toiletry-bag")),
        ("Clothing", Words("scarf apron slippers gloves cardigan beanie raincoat socks pyjamas waistcoat dungarees")),
        ("Food", Words("marmalade chutney biscuits chocolate honey mustard olives shortbread toffee espresso gingerbread")),
    ];

    public static string[] Adjectives { get; } = Words(
        "vintage modern rustic elegant compact foldable portable handmade antique cosy delicate sturdy lightweight decorative engraved embroidered quilted striped "
        + "spotted floral checked patterned glazed polished woven padded insulated waterproof reversible adjustable stackable personalised miniature giant retro nordic "
        + "victorian tropical festive classic");

    public static string[] Colours { get; } = Words(
        "red blue green yellow ivory black white grey pink purple orange turquoise burgundy navy beige copper silver golden lavender mint coral charcoal olive crimson");

    public static string[] Materials { get; } = Words(
        "ceramic porcelain wooden bamboo leather cotton linen velvet glass brass steel enamel wicker marble felt silk woollen cork stoneware rattan canvas acrylic pewter slate");

    public static string[] Extras { get; } = Words(
        "handle lid stand pocket zip ribbon pattern border lining wheels strap drawer shelf tassels buttons hook chain spout case cover feet hinge label");

    /// <summary>Beginnings and ends of made-up makers' names.</summary>
    public static string[] NameBeginnings { get; } = Words(
        "Ash Brook Cald Dun Elm Fair Glen Hart Ivo Kings Lang Mar Nor Oak Pem Quin Raven Stan Thorn Ux Vale West Yarn Zel Bram Crof Darl Esk Farn Gar Hol Ing Jes Kel Lyn Mon");

    public static string[] NameEnds { get; } = Words(
        "bury combe dale field ford gate ham hurst ley low mere mouth ridge shaw stead stoke ton vale wick wood worth by den fell garth holm keld lund ness port");

    private static string[] Words(string text) => text.Split(' ');
}
