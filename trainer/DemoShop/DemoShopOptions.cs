namespace Splitrail.Trainer.DemoShop;

/// <summary>What the shop is made from. Equal options give equal datasets, on every platform.</summary>
/// <param name="Seed">Any number.</param>
/// <param name="Users">Known users.</param>
/// <param name="Guests">Sessions without a user.</param>
/// <param name="Items">Size of the catalogue.</param>
/// <param name="Days">Length of the history.</param>
internal sealed record DemoShopOptions(ulong Seed = 1, int Users = 20_000, int Guests = 200_000, int Items = 5_000, int Days = 90)
{
    public const int MostItems = 20_000;

    /// <exception cref="InputException">A number is out of its range; all such faults are told.</exception>
    public DemoShopOptions Validated()
    {
        (string Name, int Value, int Least, int Most)[] ranges =
        [
            ("--users", Users, 0, 1_000_000), ("--guests", Guests, 0, 5_000_000), ("--items", Items, 100, MostItems), ("--days", Days, 1, 730),
        ];
        var faults = ranges.Where(range => range.Value < range.Least || range.Value > range.Most)
            .Select(range => $"{range.Name} {range.Value} is not between {range.Least} and {range.Most}")
            .ToList();
        if (Users + (long)Guests == 0) faults.Add("--users 0 and --guests 0 leave nobody to shop");
        return faults.Count == 0 ? this : throw new InputException(string.Join("; ", faults));
    }
}
