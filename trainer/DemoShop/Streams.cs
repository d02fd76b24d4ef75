namespace Splitrail.Trainer.DemoShop;

/// <summary>Numbers of the random streams: each user and each guest has one, so that nobody's shopping depends on who was made before.</summary>
internal static class Streams
{
    public const ulong Catalogue = 1;
    public const ulong Styles = 2;

    public static ulong User(int number) => (1UL << 40) + (ulong)number;

    public static ulong Guest(int number) => (2UL << 40) + (ulong)number;
}
