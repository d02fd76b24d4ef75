namespace Splitrail.Trainer.DemoShop;

/// <summary>Numbers of the random streams: each user and each guest has one, so that nobody's shopping depends on who was made before.</summary>
internal static class Streams
{
    public const ulong Catalogue = 1;
    public const ulong Styles = 2;

    /// <summary>How good each item is, which only those who rate find out.</summary>
    public const ulong Quality = 3;

    public static ulong User(int number) => (1UL << 40) + (ulong)number;

    public static ulong Guest(int number) => (2UL << 40) + (ulong)number;

    /// <summary>Not 3: visits on a running shop have that.</summary>
    public static ulong ReviewsOfUser(int number) => (4UL << 40) + (ulong)number;

    public static ulong ReviewsOfGuest(int number) => (5UL << 40) + (ulong)number;
}
