namespace Splitrail.Trainer.DemoShop;

/// <param name="Name">Shown as the item's category.</param>
/// <param name="MedianPrice">Prices are log-normal around it.</param>
/// <param name="Nouns">What its items are.</param>
/// <param name="Materials">What they are made of, or how they are finished.</param>
internal sealed record DemoCategory(string Name, double MedianPrice, string[] Nouns, string[] Materials)
{
    /// <summary>The range, the most visited first. Neighbours in this list go together in one session.</summary>
    public static IReadOnlyList<DemoCategory> All { get; } =
    [
        Of("Mugs", 9, "Mug,Espresso Cup,Latte Mug,Travel Mug,Teacup,Mug Duo,Cappuccino Cup", "Stoneware,Porcelain,Enamel,Speckled Clay,Bone China,Glass"),
        Of("Tableware", 18, "Dinner Plate,Side Plate,Pasta Bowl,Serving Platter,Cereal Bowl,Salad Bowl,Butter Dish", "Stoneware,Porcelain,Melamine,Terracotta,Bamboo,Glass"),
        Of("Cookware", 42, "Saucepan,Frying Pan,Casserole,Roasting Tin,Stockpot,Griddle,Milk Pan", "Cast Iron,Copper,Steel,Enamel,Ceramic,Aluminium"),
        Of("Kitchen Textiles", 12, "Apron,Tea Towel,Oven Glove,Tablecloth,Napkin Set,Table Runner,Placemat", "Linen,Cotton,Waffle,Canvas,Chambray,Jute"),
        Of("Candles", 14, "Pillar Candle,Scented Candle,Tealight Set,Dinner Candle,Candle Jar,Wax Melt,Lantern Candle", "Beeswax,Soy,Fig,Cedar,Vanilla,Sea Salt"),
        Of("Candle Holders", 19, "Candlestick,Tealight Holder,Hurricane Lantern,Candelabra,Votive,Wall Sconce,Candle Tray", "Brass,Iron,Marble,Oak,Ribbed Glass,Ceramic"),
        Of("Vases", 26, "Bud Vase,Bottle Vase,Floor Vase,Jug Vase,Amphora,Posy Vase,Cylinder Vase", "Glass,Stoneware,Terracotta,Marble,Papier-Mache,Brass"),
        Of("Planters", 22, "Plant Pot,Hanging Planter,Window Box,Planter Stand,Trough,Herb Pot,Self-Watering Pot", "Terracotta,Concrete,Zinc,Seagrass,Fibrestone,Rattan"),
        Of("Cushions", 24, "Cushion,Bolster,Floor Cushion,Cushion Cover,Seat Pad,Lumbar Pillow,Pouffe", "Velvet,Linen,Wool,Boucle,Cotton,Corduroy"),
        Of("Throws", 38, "Throw,Blanket,Bedspread,Quilt,Picnic Rug,Lap Blanket,Knitted Wrap", "Lambswool,Cotton,Fleece,Mohair,Recycled Yarn,Cashmere Mix"),
        Of("Bedding", 55, "Duvet Set,Pillowcase Pair,Fitted Sheet,Flat Sheet,Valance,Mattress Topper,Pillow", "Percale,Linen,Sateen,Brushed Cotton,Bamboo,Jersey"),
        Of("Rugs", 95, "Rug,Runner,Doormat,Round Rug,Kilim,Bath Rug,Hearth Rug", "Jute,Wool,Cotton,Sisal,Shag,Recycled Plastic"),
        Of("Curtains", 60, "Curtain Pair,Roman Blind,Voile Panel,Blackout Curtain,Curtain Pole,Tie-Back,Cafe Curtain", "Linen,Velvet,Cotton,Sheer,Jacquard,Chenille"),
        Of("Wall Art", 34, "Framed Print,Canvas,Poster,Wall Hanging,Triptych,Wall Plaque,Tapestry", "Giclee,Woven,Letterpress,Metal,Wooden,Watercolour"),
        Of("Picture Frames", 16, "Photo Frame,Gallery Frame,Multi Frame,Hanging Frame,Easel Frame,Box Frame,Clip Frame", "Oak,Walnut,Brass,Glass,Acrylic,Rattan"),
        Of("Mirrors", 70, "Wall Mirror,Round Mirror,Vanity Mirror,Full-Length Mirror,Arch Mirror,Table Mirror,Porthole Mirror", "Brass,Oak,Iron,Bevelled,Rattan,Gilt"),
        Of("Clocks", 32, "Wall Clock,Mantel Clock,Alarm Clock,Carriage Clock,Kitchen Clock,Desk Clock,Pendulum Clock", "Oak,Iron,Brass,Slate,Cork,Enamel"),
        Of("Lamps", 58, "Table Lamp,Floor Lamp,Pendant,Desk Lamp,Bedside Lamp,Lampshade,Clip Light", "Ceramic,Brass,Rattan,Linen,Smoked Glass,Oak"),
        Of("Shelving", 85, "Wall Shelf,Bookcase,Ladder Shelf,Corner Shelf,Floating Shelf,Shoe Rack,Coat Rack", "Oak,Pine,Walnut,Iron,Bamboo,Painted"),
        Of("Storage", 20, "Basket,Storage Box,Laundry Hamper,Crate,Toy Chest,Drawer Organiser,Log Basket", "Seagrass,Wicker,Felt,Canvas,Wire,Wooden"),
        Of("Desk", 13, "Notebook,Pen Pot,Desk Tidy,Letter Rack,Planner,Pencil Case,Bookend Pair", "Leather,Cork,Recycled Paper,Walnut,Linen,Brass"),
        Of("Bathroom", 15, "Soap Dish,Bath Caddy,Toothbrush Holder,Soap Dispenser,Towel Ring,Bath Mat,Mirror Tray", "Marble,Bamboo,Ceramic,Resin,Teak,Chrome"),
        Of("Towels", 21, "Bath Towel,Hand Towel,Bath Sheet,Face Cloth Set,Beach Towel,Hammam Towel,Hooded Towel", "Egyptian Cotton,Waffle,Turkish Cotton,Bamboo,Linen,Organic Cotton"),
        Of("Garden Living", 110, "Bistro Set,Garden Bench,Parasol,Fire Bowl,Hammock,Deck Chair,Lounger", "Teak,Iron,Rattan,Acacia,Aluminium,Canvas"),
        Of("Garden Tools", 17, "Trowel,Hand Fork,Watering Can,Secateurs,Garden Gloves,Seed Box,Bird Feeder", "Ash,Copper,Galvanised,Steel,Leather,Recycled"),
    ];

    private static DemoCategory Of(string name, double medianPrice, string nouns, string materials) =>
        new(name, medianPrice, nouns.Split(','), materials.Split(','));
}
