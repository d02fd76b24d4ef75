namespace Splitrail.Trainer.DemoShop;

/// <summary>What a person does with an item that is looked at: chances by how much it appeals to the taste and to the purse.</summary>
internal static class ClickModel
{
    private const double ThriftWeight = 0.9;

    /// <param name="who">The person.</param>
    /// <param name="item">What is looked at.</param>
    /// <param name="intent">The taste of this visit, which opened items pull towards themselves.</param>
    public static double Appeal(Shopper who, DemoItem item, double[] intent) =>
        PortableMath.Dot(item.Character, intent) - (ThriftWeight * who.Thrift * item.RelativePrice);

    /// <param name="appeal">From <see cref="Appeal"/>.</param>
    public static double ChanceOfClick(double appeal) => 0.30 + (0.25 * Bounded(appeal));

    /// <summary>Of putting into the cart what was clicked.</summary>
    public static double ChanceOfCart(Shopper who, DemoItem item, double appeal) => 0.16 + (0.12 * Bounded(appeal)) - (0.06 * who.Thrift * item.RelativePrice);

    private static double Bounded(double appeal) => Math.Clamp(appeal / 4, -1, 1);
}
