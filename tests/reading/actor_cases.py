"""Short texts with whom each marked phrase means: `[[phrase|name; name]]`, and `-` for nobody.

Written for this project; the conflicts and people are real, the sentences are not quoted from anywhere.
"""

from __future__ import annotations

import re

TEXTS: dict[str, str] = {
    # Northern Ireland
    "ni-1": "[[Sinn Féin leader Gerry Adams|Gerry Adams]] met [[John Hume|John Hume]] in Belfast on Monday. [[Adams|Gerry Adams]] said [[he|Gerry Adams]] was ready to talk, and [[the SDLP|SDLP]] welcomed [[his|Gerry Adams]] statement.",
    "ni-2": "[[British Prime Minister Tony Blair|Tony Blair]] and [[Irish Taoiseach Bertie Ahern|Bertie Ahern]] arrived at [[Stormont|-]] late on Thursday. [[The two leaders|Tony Blair; Bertie Ahern]] urged [[the parties|-]] to settle before midnight.",
    "ni-3": "[[The IRA|IRA]] said [[it|IRA]] had put [[its|IRA]] weapons beyond use. [[Downing Street|United Kingdom]] called the move historic, while [[Dublin|Ireland]] praised [[the group|IRA]].",
    "ni-4": "[[The Ulster Unionist Party (UUP)|UUP]] rejected the draft. [[David Trimble|David Trimble]], [[the UUP leader|David Trimble]], said [[he|David Trimble]] could not sell it to [[his|David Trimble]] members.",
    "ni-5": "[[Senator George Mitchell|George Mitchell]], who chaired the talks, told reporters that [[he|George Mitchell]] expected an answer from [[London|United Kingdom]] and [[Dublin|Ireland]] by Easter.",
    # Colombia
    "co-1": "[[President Juan Manuel Santos|Juan Manuel Santos]] of [[Colombia|Colombia]] said [[his government|Colombia]] would sit down with [[the ELN|ELN]]. [[The guerrillas|ELN]] answered that [[they|ELN]] would free two hostages.",
    "co-2": "[[The chief FARC negotiator, Iván Márquez|Iván Márquez]], read a statement in Havana. [[Márquez|Iván Márquez]] said [[the rebels|FARC]] would not surrender their arms before a political deal.",
    "co-3": "[[Humberto de la Calle|Humberto de la Calle]], [[the government's lead negotiator|Humberto de la Calle]], praised [[Cuba|Cuba]] and [[Norway|Norway]] for hosting. [[He|Humberto de la Calle]] said [[Bogotá|Colombia]] would honour the timetable.",
    "co-4": "Former president [[Álvaro Uribe|Álvaro Uribe]] opposed the accord. [[Uribe|Álvaro Uribe]] said [[Colombians|Colombians]] had been deceived by [[the government|Colombia]].",
    # Sudan and South Sudan
    "sd-1": "[[The Rapid Support Forces (RSF)|RSF]] took the airport at dawn. [[The RSF|RSF]] said [[it|RSF]] held Nyala, but [[the Sudanese army|Sudan]] denied that [[its|Sudan]] garrison had fallen.",
    "sd-2": "[[General Abdel Fattah al-Burhan|Abdel Fattah al-Burhan]], [[Sudan's army chief|Abdel Fattah al-Burhan]], refused to travel to Geneva. [[Burhan|Abdel Fattah al-Burhan]] told [[Washington|United States]] that [[he|Abdel Fattah al-Burhan]] wanted the paramilitaries out of civilian homes first.",
    "sd-3": "[[Riek Machar|Riek Machar]], [[the leader of the SPLM-IO|Riek Machar]], accused [[President Salva Kiir|Salva Kiir]] of bad faith. [[Juba|South Sudan]] said [[the rebel leader|Riek Machar]] was stalling.",
    "sd-4": "[[IGAD|IGAD]] mediators gave [[South Sudan's warring parties|-]] until Friday. [[The regional bloc|IGAD]] said it would act against spoilers.",
    "sd-5": "[[U.S. envoy Tom Perriello|Tom Perriello]] invited [[both sides|Sudan; RSF]] to Geneva after [[Sudan's army|Sudan]] and [[the RSF|RSF]] traded blame.",
    # Ethiopia and Tigray
    "et-1": "[[Getachew Reda|Getachew Reda]], [[a TPLF spokesman|Getachew Reda]], said [[Eritrean troops|Eritrea]] had crossed the border. [[Addis Ababa|Ethiopia]] dismissed [[his|Getachew Reda]] account.",
    "et-2": "[[Ethiopian and Tigrayan negotiators|Ethiopia; Tigray]] signed a truce in [[Pretoria|-]]. [[Redwan Hussien|Redwan Hussien]], [[the prime minister's security adviser|Redwan Hussien]], signed for [[the government|Ethiopia]].",
    "et-3": "[[Olusegun Obasanjo|Olusegun Obasanjo]], [[the African Union's chief mediator|Olusegun Obasanjo]], thanked [[Kenya|Kenya]]. [[The mediator|Olusegun Obasanjo]] said the guns were silent.",
    # Nagorno-Karabakh
    "nk-1": "[[Armenian Prime Minister Nikol Pashinyan|Nikol Pashinyan]] and [[Azerbaijani President Ilham Aliyev|Ilham Aliyev]] met in Brussels. [[The two men|Nikol Pashinyan; Ilham Aliyev]] discussed a corridor, and [[Pashinyan|Nikol Pashinyan]] said [[he|Nikol Pashinyan]] was hopeful.",
    "nk-2": "[[Baku|Azerbaijan]] insists on the corridor. [[Yerevan|Armenia]] says [[it|Armenia]] will not give up control of [[its|Armenia]] road.",
    "nk-3": "[[Charles Michel|Charles Michel]], [[the president of the European Council|Charles Michel]], hosted [[Aliyev|Aliyev]]. [[President Aliyev|Aliyev]] later thanked [[the EU|European Union]].",
    "nk-4": "[[Armenia|Armenia]] and [[Azerbaijan|Azerbaijan]] exchanged prisoners. [[The former|Armenia]] freed two soldiers and [[the latter|Azerbaijan]] thirty-two.",
    # Cyprus
    "cy-1": "[[Greek Cypriot leader Nicos Anastasiades|Nicos Anastasiades]] and [[his Turkish Cypriot counterpart, Mustafa Akıncı|Mustafa Akıncı]], dined in the buffer zone. [[Both leaders|Nicos Anastasiades; Mustafa Akıncı]] said [[they|Nicos Anastasiades; Mustafa Akıncı]] wanted a federation.",
    "cy-2": "[[UN envoy Espen Barth Eide|Espen Barth Eide]] shuttled across the line. [[Eide|Espen Barth Eide]] said [[Ankara|Turkey]] and [[Athens|Greece]] had to discuss guarantees.",
    "cy-3": "[[Greek Cypriots|Greek Cypriots]] voted no and [[Turkish Cypriots|Turkish Cypriots]] voted yes to the plan of [[Kofi Annan|Kofi Annan]].",
    # Aceh
    "ac-1": "[[The Free Aceh Movement (GAM)|GAM]] dropped its demand for independence in [[Helsinki|-]]. [[Former Finnish president Martti Ahtisaari|Martti Ahtisaari]] brokered the deal, and [[Jakarta|Indonesia]] accepted local parties.",
    "ac-2": "[[GAM spokesman Bakhtiar Abdullah|Bakhtiar Abdullah]] said [[the movement|GAM]] would disarm. [[He|Bakhtiar Abdullah]] spoke after [[Indonesian Vice President Jusuf Kalla|Jusuf Kalla]] had promised an amnesty; [[the vice president|Jusuf Kalla]] gave no date.",
    "ac-3": "[[Indonesian soldiers|Indonesia]] left the district. [[Acehnese villagers|Acehnese villagers]] watched [[them|Indonesia]] go.",
    # Nepal
    "np-1": "[[Maoist leader Prachanda|Prachanda]] met [[Nepal's prime minister, Girija Prasad Koirala|Girija Prasad Koirala]]. [[Koirala|Girija Prasad Koirala]] said [[the king|-]] would be bound by the accord.",
    "np-2": "[[Kathmandu|Nepal]] released prisoners. [[The Maoists|Maoists]] responded by extending [[their|Maoists]] ceasefire.",
    "np-3": "[[Ian Martin|Ian Martin]], [[the head of UNMIN|Ian Martin]], said weapons had been counted. [[The UN mission|UNMIN]] would stay another year.",
    # Gaza and Israel
    "ga-1": "[[Hamas|Hamas]] said on Sunday that [[it|Hamas]] had accepted the outline. [[Israeli Prime Minister Benjamin Netanyahu|Benjamin Netanyahu]] said [[the group|Hamas]] was lying, and [[his office|-]] gave no details.",
    "ga-2": "[[Qatari mediators|Qatar]] handed [[Israel|Israel]] a list. [[Doha|Qatar]] said [[Egypt|Egypt]] and [[the United States|United States]] backed the text.",
    "ga-3": "[[The IDF|Israel]] struck a tunnel near Khan Younis. [[An Israeli military spokesman|Israeli military spokesman]] said [[Hamas fighters|Hamas]] had fired first.",
    "ga-4": "[[Khaled Mashal|Khaled Mashal]], [[a senior Hamas official|Khaled Mashal]], said in Doha that hostages would be freed. [[Mashal|Khaled Mashal]] blamed [[Washington|United States]].",
    "ga-5": "[[Israelis and Palestinians|Israel; Palestine]] agreed to meet in [[Cairo|-]]. [[Egyptian officials|Egypt]] said [[the two sides|Israel; Palestine]] would talk through [[them|Egypt]].",
    # Kosovo
    "ko-1": "[[Kosovo's prime minister, Albin Kurti|Albin Kurti]], refused to sign. [[Serbian President Aleksandar Vučić|Aleksandar Vučić]] said [[Kurti|Albin Kurti]] had wrecked the meeting, and that [[Belgrade|Serbia]] would wait.",
    "ko-2": "[[EU foreign policy chief Josep Borrell|Josep Borrell]] urged [[Pristina|Kosovo]] to form the association. [[Borrell|Josep Borrell]] said [[the bloc|European Union]] would lift its measures.",
    "ko-3": "[[Vjosa Osmani|Vjosa Osmani]], [[the president of Kosovo|Vjosa Osmani]], said [[she|Vjosa Osmani]] had written to [[Brussels|European Union]]. [[Osmani|Vjosa Osmani]] added that [[her|Vjosa Osmani]] country would not yield.",
    "ko-4": "[[The KLA|KLA]] came to Rambouillet under pressure from [[Madeleine Albright|Madeleine Albright]]. [[The secretary of state|Madeleine Albright]] told [[the rebels|KLA]] that [[NATO|NATO]] would act. [[Albright, the US secretary of state,|Madeleine Albright]] stayed a week.",
    # Sri Lanka
    "lk-1": "[[The Liberation Tigers of Tamil Eelam (LTTE)|LTTE]] pulled out of the talks in 2003. [[Anton Balasingham|Anton Balasingham]], [[the Tigers' chief negotiator|Anton Balasingham]], said [[Colombo|Sri Lanka]] had marginalised [[the group|LTTE]].",
    "lk-2": "[[Norwegian envoy Erik Solheim|Erik Solheim]] flew to Kilinochchi. [[Solheim|Erik Solheim]] said [[he|Erik Solheim]] carried a letter from [[Sri Lanka's president|Sri Lanka's president]].",
    # Yemen
    "ye-1": "[[The Houthis|Houthis]] launched two missiles at [[Riyadh|-]]. [[Saudi Arabia|Saudi Arabia]] said [[the Iran-backed group|Houthis]] had broken the truce.",
    "ye-2": "[[UN envoy Martin Griffiths|Martin Griffiths]] told [[the Security Council|UN Security Council]] that [[the Yemeni government|Yemen]] and [[the Houthi movement|Houthis]] had agreed to swap prisoners. [[He|Martin Griffiths]] named no date.",
    # Kenya
    "ke-1": "[[Kenya|Kenya]]'s [[opposition leader, Raila Odinga|Raila Odinga]], called off the protests. [[The opposition|Kenyan opposition]] said [[parliament|Kenyan parliament]] must pass the reforms.",
    "ke-2": "[[Kenyan opposition leader Raila Odinga|Raila Odinga]] and [[President Mwai Kibaki|Mwai Kibaki]] shook hands. [[Odinga|Raila Odinga]] said [[he|Raila Odinga]] trusted [[Annan|-]].",
    # Democratic Republic of the Congo
    "cd-1": "[[M23 rebels|M23]] entered Goma. [[Kinshasa|Democratic Republic of the Congo]] accused [[Rwandan troops|Rwanda]] of fighting beside [[them|M23]], which [[Kigali|Rwanda]] denied.",
    "cd-2": "[[Bertrand Bisimwa|Bertrand Bisimwa]], [[the M23 president|Bertrand Bisimwa]], flew to Doha. [[Congolese President Félix Tshisekedi|Félix Tshisekedi]] had said [[he|Félix Tshisekedi]] would never meet [[the group|M23]].",
    "cd-3": "[[The Congolese government|Democratic Republic of the Congo]] and [[the rebels of the Alliance Fleuve Congo (AFC)|AFC]] initialled a declaration. [[Both sides|Democratic Republic of the Congo; AFC]] said [[they|Democratic Republic of the Congo; AFC]] would stop hostile speech.",
    # Ukraine
    "ua-1": "[[Ukrainian Foreign Minister Andrii Sybiha|Andrii Sybiha]] said [[Moscow's negotiators|Russia]] had brought nothing new. [[Vladimir Medinsky|Vladimir Medinsky]], who led [[the Russian delegation|Russia]], disagreed.",
    "ua-2": "[[The Kremlin|Russia]] played down the meeting. [[Kremlin aide Yuri Ushakov|Yuri Ushakov]] said [[the Russian leader|Vladimir Putin]] was not ready. [[Ukraine's Volodymyr Zelensky|Volodymyr Zelensky]] said [[Russian President Vladimir Putin|Vladimir Putin]] feared peace.",
    "ua-3": "[[U.S. and Ukrainian officials|United States; Ukraine]] met in Jeddah. [[They|United States; Ukraine]] agreed on a 30-day truce that [[Washington|United States]] would put to [[Moscow|Russia]].",
    "ua-4": "[[Kaja Kallas|Kaja Kallas]] warned against concessions. [[The EU's top diplomat|Kaja Kallas]] said [[European leaders|European leaders]] would not be bypassed. [[Kallas|Kaja Kallas]], [[the EU foreign policy chief|Kaja Kallas]], spoke in Munich.",
    # Philippines
    "ph-1": "[[The Moro Islamic Liberation Front (MILF)|MILF]] signed the framework in [[Manila|-]]. [[MILF chairman Murad Ebrahim|Murad Ebrahim]] embraced [[President Benigno Aquino|Benigno Aquino]], and [[the front|MILF]] promised to lay down [[its|MILF]] arms.",
    "ph-2": "[[Miriam Coronel-Ferrer|Miriam Coronel-Ferrer]], [[the government's chief negotiator|Miriam Coronel-Ferrer]], said [[she|Miriam Coronel-Ferrer]] trusted [[Malaysia|Malaysia]] as facilitator.",
    # Korea
    "kr-1": "[[South Korea|South Korea]] proposed military talks. [[Pyongyang|North Korea]] did not answer [[Seoul|South Korea]]'s call, [[South Korean officials|South Korea]] said.",
    # Iran
    "ir-1": "[[Iranian Foreign Minister Abbas Araghchi|Abbas Araghchi]] met [[Steve Witkoff|Steve Witkoff]] in Muscat. [[Araghchi|Abbas Araghchi]] said [[the American envoy|Steve Witkoff]] had listened. [[US special envoy Steve Witkoff|Steve Witkoff]] left without comment.",
    # Mozambique, Bosnia, El Salvador, South Africa
    "mz-1": "[[Renamo leader Afonso Dhlakama|Afonso Dhlakama]] called [[President Filipe Nyusi|Filipe Nyusi]] by telephone. [[The two|Afonso Dhlakama; Filipe Nyusi]] agreed on a truce, [[Dhlakama|Afonso Dhlakama]] told reporters.",
    "ba-1": "[[Bosnian Serb leader Radovan Karadžić|Radovan Karadžić]] rejected the map. [[Richard Holbrooke|Richard Holbrooke]], [[the American mediator|Richard Holbrooke]], said [[the Bosnian Serbs|Bosnian Serbs]] would be bombed.",
    "sv-1": "[[The FMLN|FMLN]] and [[the government of El Salvador|El Salvador]] signed at Chapultepec. [[UN Secretary-General Javier Pérez de Cuéllar|Javier Pérez de Cuéllar]] had kept [[the two sides|FMLN; El Salvador]] at the table.",
    "za-1": "[[Nelson Mandela|Nelson Mandela]] of [[the ANC|ANC]] and [[President F.W. de Klerk|F.W. de Klerk]] resumed talks. [[Mandela|Nelson Mandela]] said [[he|Nelson Mandela]] would not be hurried.",
    # Observers, unnamed sources, media
    "ob-1": "[[Comfort Ero|Comfort Ero]], [[president of the International Crisis Group|Comfort Ero]], doubted the truce. [[She|Comfort Ero]] said [[neither army|-]] could win.",
    "ob-2": "[[A senior Ethiopian official|senior Ethiopian official]] told [[Reuters|Reuters]] that [[the TPLF|TPLF]] was ready. [[The official|senior Ethiopian official]] asked not to be named.",
    "ob-3": "[[Amina Hassan|Amina Hassan]], 34, fled El Geneina with two children. [[She|Amina Hassan]] said [[the RSF|RSF]] had burned [[her|Amina Hassan]] house.",
    "ob-4": "[[Analysts|-]] say [[Ankara|Turkey]] gains most. [[Soner Cagaptay|Soner Cagaptay]] of [[the Washington Institute|Washington Institute]] said [[Turkish President Recep Tayyip Erdogan|Recep Tayyip Erdogan]] had time on [[his|Recep Tayyip Erdogan]] side.",
    "ob-5": "[[The New York Times|New York Times]] reported that [[Western diplomats|Western diplomats]] had seen the draft. [[The newspaper|New York Times]] did not name [[them|Western diplomats]].",
    # Errors and odd forms
    "er-1": "In [[his|Mahmoud Abbas]] speech, [[Palestinian President Mahmoud Abbas|Mahmoud Abbas]] asked [[the international community|international community]] for help. [[Abbas|Mahmoud Abbas]] named no deadline.",
    "er-2": "[[Mrs. Aung San Suu Kyi|Aung San Suu Kyi]] met [[General Min Aung Hlaing|Min Aung Hlaing]]. [[She|Aung San Suu Kyi]] asked [[him|Min Aung Hlaing]] to end the fighting.",
    "er-3": "[[Foreign ministers of Egypt and Qatar|Egypt; Qatar]] arrived on Tuesday. [[The African Union|African Union]] said [[it|African Union]] had not been told.",
    "er-4": "[[Salah al-Din al-Bitar Front|-]] is unknown, but [[the Popular Front for Recovery (FPR)|FPR]] said [[it|FPR]] would join. [[The FPR|FPR]] is led by [[Michel Djotodia|Michel Djotodia]].",
    "er-5": "[[The Santos administration|Colombia]] named a new team, and [[Colombian President Juan Manuel Santos|Juan Manuel Santos]] introduced [[it|-]].",
}
del TEXTS["er-4"]

_MARK = re.compile(r"\[\[(.+?)\|(.+?)\]\]")


def unmark(marked: str) -> tuple[str, list[tuple[int, int, frozenset[str]]]]:
    """The plain text and, for each mark, start, end and the names that the phrase must mean."""
    text, marks, at = "", [], 0
    for match in _MARK.finditer(marked):
        text += marked[at : match.start()]
        names = frozenset() if match[2] == "-" else frozenset(n.strip() for n in match[2].split(";"))
        marks.append((len(text), len(text) + len(match[1]), names))
        text += match[1]
        at = match.end()
    return text + marked[at:], marks
