using System;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>A place between two rows of a list: how many rows lie before it, and which the last of them was, since the list may move.</summary>
internal readonly record struct GraphPlace(int Offset, Guid LastId)
{
    public bool IsStart => LastId == Guid.Empty && Offset == 0;
}
