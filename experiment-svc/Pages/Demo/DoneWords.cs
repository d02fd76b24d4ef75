namespace Splitrail.ExperimentSvc.Pages.Demo;

/// <summary>What became of a form, as an address carries it and as it is said. An address can say nothing else.</summary>
internal static class DoneWords
{
    public const string Cart = "cart";
    public const string Bought = "bought";
    public const string Rated = "rated";
    public const string Removed = "removed";

    public const string SoldOut = "sold_out";
    public const string NotOffered = "not_offered";
    public const string NotTold = "not_told";
    public const string NoStars = "no_stars";
    public const string Empty = "empty";

    public static string? Of(string? done) => done switch
    {
        Cart => "It is in your cart.",
        Bought => "Bought. The shop knows within a second, and will not offer you the same again.",
        Rated => "Thank you. Your stars count from now on.",
        Removed => "It is out of your cart.",
        _ => null,
    };

    public static string? WhyNot(string? refused) => refused switch
    {
        SoldOut => "It is sold out just now. Nothing was bought.",
        NotOffered => "It is no longer offered. Nothing was bought.",
        NotTold => "The shop does not take anything just now. Nothing was done; please try again.",
        NoStars => "Give one to five stars. Nothing was done.",
        Empty => "There is nothing in your cart that can be bought.",
        _ => null,
    };
}
