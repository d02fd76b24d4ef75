namespace Splitrail.Dapr;

/// <summary>What becomes of a delivered message.</summary>
public enum Acknowledgement
{
    /// <summary>Done with it.</summary>
    Success,

    /// <summary>Deliver it again, as the subscription's policy says.</summary>
    Retry,

    /// <summary>Never again: it goes to the dead-letter topic when there is one.</summary>
    Drop,
}
