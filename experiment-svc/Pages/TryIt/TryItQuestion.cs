using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Pages.TryIt;

/// <summary>What somebody wants to see, as it stands in the address.</summary>
/// <param name="Experiment">Whose arms are compared; empty for none.</param>
/// <param name="User">Whose list; empty for a guest.</param>
/// <param name="Items">What the guest, or the user in this visit, looked at: ids with blanks or commas between them, oldest first.</param>
/// <param name="Similar">An item whose neighbours are shown; empty for none.</param>
/// <param name="Words">Looks for items by words.</param>
public sealed record TryItQuestion(string Experiment, string User, string Items, string Similar, string Words)
{
    private const int MostItems = 20;

    public IReadOnlyList<string> ItemIds => Items.Split([' ', ',', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What is wrong with it, each with the fix; nothing is asked with a bad value.</summary>
    public IReadOnlyList<string> Faults
    {
        get
        {
            List<string> faults = [];
            if (User.Length > 0 && !ShopIds.IsKept(User))
                faults.Add($"The user '{User}' cannot be one: an id {ShopIds.Rule}.");
            if (ItemIds.FirstOrDefault(static id => !ShopIds.IsKept(id)) is { } bad)
                faults.Add($"The item '{bad}' cannot be one: an id {ShopIds.Rule}.");
            if (ItemIds.Count > MostItems)
                faults.Add($"These are {ItemIds.Count} items: give {MostItems} at most.");
            if (Similar.Length > 0 && !ShopIds.IsKept(Similar))
                faults.Add($"The item '{Similar}' cannot be one: an id {ShopIds.Rule}.");
            if (Words.Length > ShopIds.MaxLength || Words.Any(char.IsControl))
                faults.Add($"The words to look for are longer than {ShopIds.MaxLength} characters, or have characters that cannot be typed.");
            return faults;
        }
    }

    public string Address
    {
        get
        {
            (string Name, string Value)[] fields = [("experiment", Experiment), ("user", User), ("items", Items), ("similar", Similar), ("q", Words)];
            return $"{ConsolePaths.TryIt}?{string.Join('&', fields.Select(static one => $"{one.Name}={Uri.EscapeDataString(one.Value)}"))}";
        }
    }

    public TryItQuestion Adding(string item) => this with { Items = string.Join(' ', ItemIds.Where(id => id != item).Append(item).TakeLast(MostItems)) };
}
