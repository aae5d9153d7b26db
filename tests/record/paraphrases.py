"""Pairs of passages that say nearly the same in other words, from several conflicts, to measure what is found near."""

PAIRS: tuple[tuple[str, str], ...] = (
    (
        "The guerrillas handed in their last rifles to the observers on Tuesday.",
        "Rebel disarmament ended this week as monitors received the final weapons.",
    ),
    (
        "Juba refuses to let aid convoys cross the river.",
        "The South Sudanese government is blocking humanitarian deliveries.",
    ),
    (
        "Mediators proposed that both armies leave the border town.",
        "Under the envoys' plan, troops of the two countries would withdraw from the frontier settlement.",
    ),
    (
        "Captured soldiers will be sent home before the holiday.",
        "Prisoners of war are to be released ahead of Easter.",
    ),
    (
        "The president said he would never recognise the breakaway republic.",
        "The head of state ruled out any acceptance of the separatists' independence.",
    ),
    ("Inflation has made bread too dear for most families in Sanaa.", "Food prices in the Yemeni capital are soaring."),
    (
        "The court sentenced the general to thirty years for war crimes.",
        "A tribunal convicted the commander of atrocities and jailed him.",
    ),
    (
        "Shelling resumed an hour after the truce began.",
        "The ceasefire was broken almost at once by artillery fire.",
    ),
    (
        "Washington threatened to cut off loans unless the vote is held.",
        "The United States warned that financial help would stop if there were no election.",
    ),
    (
        "The two foreign ministers spoke by telephone on Monday.",
        "On Monday the chief diplomats of both countries held a call.",
    ),
    (
        "Refugees are returning to their villages in the north.",
        "Displaced families have begun to go back to homes in northern districts.",
    ),
    (
        "The junta wants a seat for every region in the new assembly.",
        "Military rulers ask that all provinces be represented in parliament.",
    ),
    (
        "A pipeline across the strait would earn both sides billions.",
        "Gas exports over the channel promise large revenues to each of them.",
    ),
    (
        "The bishops offered to host secret talks in a monastery.",
        "Church leaders are ready to receive negotiators for confidential discussions.",
    ),
    (
        "Militiamen kidnapped eleven teachers on the road to Bamenda.",
        "Gunmen abducted school staff near the Cameroonian city.",
    ),
    (
        "Farmers may cross the line of control to reach their fields.",
        "People who work the land will be allowed through the military boundary.",
    ),
    (
        "The opposition says that the ballot was rigged.",
        "Rival candidates allege fraud in the election.",
    ),
    (
        "Peacekeepers will patrol the demilitarised zone until spring.",
        "United Nations blue helmets are to guard the buffer area for some months.",
    ),
    (
        "Parliament approved an amnesty for former fighters.",
        "Lawmakers voted to pardon ex-combatants.",
    ),
    (
        "The enclave has had no electricity for nine days.",
        "Power has been out in the besieged territory for more than a week.",
    ),
)

OTHERS: tuple[str, ...] = (
    "The harvest festival drew thousands to the lake.",
    "Doctors at the hospital treated nine wounded policemen.",
    "The envoy praised the hospitality of his hosts.",
    "Talks on the dam will go on in Khartoum next month.",
    "The minister resigned after a quarrel over the budget.",
    "A new bridge over the river was opened by the king.",
    "Trade between the neighbours has doubled since the border opened.",
    "The rebels said they had shot down a helicopter.",
    "Protesters demanded that the prime minister step down.",
    "The football match was called off because of rain.",
    "The army denied that it had used cluster bombs.",
    "Observers counted the votes through the night.",
    "The party's congress elected a new chairman.",
    "Nobody knows how many mines lie in the valley.",
    "The delegation left the hotel without a word to reporters.",
    "Sanctions on timber were lifted in May.",
)
