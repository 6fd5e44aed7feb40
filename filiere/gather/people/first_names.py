"""First names given in France, without accents: with another word beside it, each tells a person.

Those that are words, places or, above all, surnames too are not among them.
"""

from __future__ import annotations

_NAMES = """
abdallah abdel abdelkader abdou abel abigail achille adam adama adele adeline adrian adriana adrien adrienne agathe
agnes ahmed aicha aida aime aimee aissatou akim alain alan alana alban albane albert albertine albin alec aleksandra
alessandro alessia alex alexandra alexandre alexandrine alexane alexia alexis alfred alfredo ali alice alicia alienor
aline alison alissa alix allan aloys alphonse alvaro alya alyssa amadou amanda amandine amara ambroise amel amelia
amelie amina aminata amine amir amira amory ana anabelle anael anaelle anais anastasia anatole andre andrea andreas
andree andrei andrew angela angele angelina angeline angelique anissa anita ann anna annabelle annaelle annaick annaig
anne annette annick annie annonciade anouk anselme anthony antoine antoinette anton antonia antonin antonio antony
apolline archibald ariane aristide arlette armand armande armel armelle arnaud arsene arthur arthus artur assia astrid
aude audrey auguste augustin augustine aurele aurelia aurelie aurelien axel axelle ayden aymeric ayoub azeline aziz
baptiste baptistin barbara barnabe barthelemy basile bastian bastien baudouin beatrice benedicte benedikt benjamin
benjamine benoist benoit benoite berenger berengere berenice bernadette bertille bertrand bettina bianca bilal blaise
blandine boris boubacar brahim brandon brendan brevalaire brian brice brieg brieuc brigitte bruna bruno bryan calixte
callista calypso camelia cameron camille candice carina carine carl carla carlo carlos carmen carole carolina caroline
cassandra cassandre catalina caterina catherine cathy cecil cecile cecilia cedric celestin celestine celia celina
celine cendrine cesar chahine chaima chantal charlene charles charline charlotte cherif cheyenne chiara chloe chris
christel christele christelle christian christiane christina christine christophe christopher claire clairine clara
clarisse claude claudette claudia claudie claudine clea clelia clemence clement clementine cleo clothilde clotilde
colas colette coline colomban conrad constance constantin coralie coraline corentin corentine corinne cornelia cosima
cristiano cristina curtis cyprien cyriac cyriaque cyril cyrille dahlia daisy dalila damia damien dana daniel daniela
daniele danielle danny dany daphne daria david davide davy deborah delia delphin delphine denez denise denys derek
desiree diana diane didier diego dieudonne dimitri dina djamel djamila djibril dolores domenico dominique domitille
donald donatien donatienne dorian doriane dorine doris dorothee dounia driss dylan eddie eddy edgar edith edmee edmond
edmonde edouard edwige edwin eflamm eglantine ekaterina elea eleanor elena eleni eleonore elia elian eliana eliane
elias elie elina eline eliot eliott elisa elisabeth elise elisee eliza elizabeth ella ellen elliot elliott elodie eloi
eloic eloise elouan elouen elsa elvina elvire elvis elyne elza emeline emeric emerick emile emilia emilie emilien
emilienne emily emma emmanuel emmanuelle emmeline emmy emy enea enguerrand enola enora enrico enrique enzo eric erica
erik erika ernest ernestine ervan erwan erwann erwin esma esteban estella estelle esther etienne etiennette eudes
eugene eugenie eulalie eva evan evangeline evann eve eveline evelyn evelyne ewan ewen ewenn fabian fabien fabienne
fabio fabiola fabrice fadila faiza fanch fanchon fanny fanta fantine farah farid farida fatiha fatima fatimata fatma
fatou fatoumata faustin faustine felicia felicie felicien felicite felix ferdinand fernand fernande fernando ferreol
fiona firmin firmine flavia flavie flavien florance florence florent florentin florentine florestan florian floriane
florie florine fouad foulques frances francesca francesco francine francis francisco franciscus franck francklin
francois francoise frank frantz franz fred freddy frederic frederick frederik frederique fulbert gabin gabriel
gabriela gabriele gabriella gabrielle gael gaela gaelle gaetan gaetane gaia gaid gary gaspar gaspard gaston gatien
gaultier gauthier gauvain gemma genevieve geoffrey geoffroy george georges georgette georgia georgina gerald geraldine
gerard geraud germaine gerson gertrude gervais gerwan ghislain ghislaine giacomo gianni gilbert gilberte gilda gildas
gille gilles gina ginette gino giovanni gisele giuseppe gladys glenn gloria godefroy gontran goulven goulvenn
gracianne gratien gratienne greg gregoire gregor gregory greta guenael guenaelle guenole guewen guilhaume guilhem
guillaume guillemette guillermo gurvan gurvann gustave guy guylaine guylene gwen gwenael gwenaelle gwenan gwendal
gwendoline gwenn gwennaelle gwennaig gwenola gwenole habib hadrien hafida hafsa hakim halima hamed hamid hamza hanae
hanna hannah hannelore harald hariette harold harris harry hasna hassan hassane hatem hawa heather hector hedwige
helena helene helias heloise henri henriette henrik henrique henry herbert hermance hermine hermione hernan herve
hicham hilaire hilda hippolyte hoel hoela honore honorine horace hortense houda houria huberte hugo hugues huguette
humbert ian ibrahim ibrahima ida idriss ignace ignacio igor ikram ilan ilana ilian iliana iliane ilies ilona ilyan
ilyas ilyes iman imane imene imran ines ingrid iona irena irene irenee irina iris isa isaac isabel isabella isabelle
isaia isaiah isaline iseult ishak isidore isis ismael ismail issa ivan ivana ivo iwan izia izold jacinthe jack jackie
jacky jacob jacqueline jacques jacquot jafar jaime jakob jalil jamal james jamila jan jana jane janick janie janine
janis jasmine jason javier jaya jayden jean jeanine jeanne jeannette jeannie jeannine jeannot jeff jeffrey jehanne
jennifer jenny jeremie jeremy jerome jess jesse jessica jessie jessy jesus jill jim jimmy jo joachim joakim joan joana
joanna joanne joao jocelyn jocelyne joe joel joelle joey johan johann johanna johanne john johnny johny jolan jolanda
jonas jonathan jordan jordane jordi jorge joris jose josee joseline joselito joseph josepha josephe josephine josette
joshua josiane josie josselin josseline josue joyce juan juana juanita judicael judicaelle judith jules julia julian
juliana juliane julianne julie julien julienne juliet julieta juliette julio julius justin justine kacem kader
kadiatou kaelig kaelyn kaina kais kalvin kamal kamel kamelia kamil karel karen karim karima karin karine karl karla
karyn kassandra kate katel katell katia katie katrin katrine katy kayla kelian kellian kelly kelyan ken kenan kendra
kenny kenza kenzo keran kerian ketty kevin khadidja khadija khadra khaled khalid khalil kheira kieran kilian killian
kim kimberley kimberly kirsten klara klaus klervi konan konogan korentin kristel kristell kristen kristian kristin
kristina kristof kyle kylian kyllian ladislas laetitia laila lakhdar lamia lana lancelot lara larbi larissa latifa
laura lauralie laure laureen laurelenn laureline laurena laurence laurene laurentine laurette lauriane laurie laurine
laury lauryn lazare lea leana leandre leane leatitia leila leilou leina lena lenaic lenaick lenaig lenny leny leo
leocadie leon leonard leonardo leonce leone leonie leonor leonore leontine leopold leopoldine leslie leticia levana
levi lewis lia liam liana liane lidia lidwine lili lilia lilian liliane lilie lilly lilou lily lina linda lindsay lino
linoa lionel lisa lisandro lise lisenn lisette lison lissandro livia liviu liz liza lizandra lizea lizzie loan loane
loann loanne loevan logan loic loick loig lois loise lola lolita lollita loraine lorane loreen loreena lorelei lorena
lorene lorenza lorenzo loretta lorette loriane lorie lorine loris lorna lothaire lou louan louane louann louanne louay
louca loucas louen louenn louis louisa louisan louise louisette louisiane louison louka loukas louna luana luc luca
lucas luce lucette lucia lucian luciana luciane luciano lucie lucien lucienne lucile lucilla lucille lucinda lucio
lucy ludivine ludmilla ludovic ludwig luigi luis luisa luiza luka lukas lya lyam lyana lydia lydie lylia lylou lyna
lyne lysandre lyse lysiane mabel macha maddalena maddy madeleine madeline madelon madenn madison mado mady mae mael
maela maelan maelann maele maelia maeliane maelie maeline maelis maeliss maelle maello maelly maely maelyne maelys
maena maeva maewenn magali magalie magda magdalena magdalene magdeleine maggie mahault mahaut mahdi mahe maherine
mahmoud maia maialen maika maiko mailis mailys maina maissa maite maiwen maiwenn majid makan malek malia malik malika
malo malory malou malvina mamadou mame manel manfred manoa manoel manoelle manolo manon manu manuel manuela manuelle
mara marc marceau marcel marcelin marceline marcella marcelle marcellin marcello marcelo marco marcos marcus mareva
margaret margareth margaux margerie margherita margo margot marguerite maria mariam mariama marian mariana mariane
marianna marianne mariannick mariano marica marie mariella marielle marien mariette marijke marika marilou marilyn
marilyne marina marine marinette mario marion mariska marissa marita marius marivonne marjolaine marjorie mark markus
marlene marley marlon marlyne marlyse martha marthe martial martina martine martinien martino mary maryam maryan
maryannick maryline maryse maryvonne mateis mateo mathea matheo matheus mathew mathias mathieu mathilda mathilde
mathis mathurin mathurine mathys matias matis matisse matt matteo matthew matthias matthieu matthis maud maude maurane
maureen maurice mauricette mauricio max maxence maxim maxime maximilien maximin maxine maya mayeul mayline maylis
medard meddy mederic medhi mehdi mei melaine melanie melchior melina melinda meline melissa mellie melody melvil
melvin melvyn melyna meriadec meriem meryl mia michael michaela michal micheal michel michele micheline michelle
mickael micky miguel mikael mike mila milan milena milhan milla millie milo mina mira miranda mireille mirella miriam
misha mitch moana mohamed mohammed mohand moira moise molly monia monica monika monique moran morane morgan morgana
morgane morgann moriane morwenna mouhamed mouloud mouna mounia mounir mourad moussa moustapha muguette muriel murielle
mustafa mustapha myla mylan mylene myriam nabil nabila nacer nadege nadia nadim nadine nadira nadja nael naela naelle
nahel naila naim naima nais naomi naoual napoleon narcisse nasser nassim nassima natacha natalia natalie natalya natan
natasha nathael nathalia nathalie nathan nathanael nathaniel nawel nayla neil nejma nell nelly nelson nessa nestor
neven nevena nial nicaise nick nico nicola nicolai nicolas nicole nicoletta nicolette nicolo nidal niels nikita
nikolai nikolas nils nina ninette nino ninon noa noah noam noan noann noe noel noela noelie noeline noella noelle
noellie noemi noemie nolan nolann nolhan nolwen nolwenn nominoe nora norbert nordine noreen norma norman nour noura
noureddine nouria nyls oanell oceane octave octavia octavie octavien odelia odette odile odilon odran olga oliver
olivia olivier olivio olympia omar ombeline ombline ondine onenn ophelie oriana oriane orianne orlando orlane orneline
ornella oskar osman ouail oumar oumou owen owenn pablo paco paloma pamela paola paolo pascal pascale pascaline paskal
pasquale patrice patricia patrick patrig patrik patxi paul paula paulette paulin paulina pauline paulo pavel pearl
pedro peggy penelope perig pernelle perrette perric perrick perrig perrine peter petra petronille phil philbert
philemon philibert philip philippa philippe philippine philomene phoebe piere pierig pierre pierrette pierric pierrick
pierrig pierrot pietro placide pola prisca priscilla priscille priscillia priska prosper quentin quiterie rachel
rachid rachida radegonde rafael rafaela raffaele raissa ralph rama ramon ramona rania raoul raph raphael raphaele
raphaelle raquel rayan rayane raymond raymonde raynald rebecca regina reginald regine regis rejane remi remy renald
renan renata renato renaud renaude rene renee reza rhita riad ricardo riccardo rita riwal riwan riwanon roald rob
roberta roberte roberto robin robinson rocco roch rodney rodolfo rodolphe rodrigo rodrigue roger roland rolande rolf
rolland romain romane romaric romeo romuald romy ronald ronan ronny roparz rosa rosalba rosalie rosalina rosaline
rosanna rosario rose roseline rosella roselyne rosemarie rosemary rosemonde rosenn rosine roxana roxane roxanne rozenn
ruben rudi rudolf rudolphe rudy rufin rui ruth ryan saadia sabah sabin sabina sabine sabrina sacha sadia safa safia
said saida saig saladin salah salim salima sally salma salome salomon salvador salvatore sam samantha samba sami samia
samir samira sammy samson samuel samy sandie sandra sandrine sandro sandy sara sarah saskia saul sauveur savinien
scarlett scott sean seb sebastian sebastien segolene selena selene selim selima selma selyan serena serge sergei
sergio servan servane seta seve severin severine seydou shaina shana shane shanna shannon sharon shawn sheila shelby
shirine shirley siaka sibylle sidney sidonie siegfried sigrid silas silvain silvia silvie silvio simeon simona simone
sixte sixtine skander sklerijenn sliman slimane soan soann soazic soazig sofia sofian sofiane sofie solal solange
solen solena solene solenn solenne solennig solenza solveig solweig sonia sonja sonny sophia sophie soraya soren
sorenza souad souleymane soumaya soumia stacy stan stanislas steeve steeven stef stefan stefania stefanie stefano
stella stephan stephane stephanie stephen stessy stevan steve steven stuart sullivan susan susanna susanne suzanne
suzette suzie suzy sven swan swann swanny sybille sylvain sylvaine sylvana sylvere sylvestre sylvette sylvia sylviane
sylvie sylvio tahar tamara tancrede tangi tanguy tania tanya tara tarik tatiana ted teddy telio telma teo teodor
teofil terence teresa terry tess tessa thais thalia thea thelma theo theodora theodore theodule theophane theophile
theotim therese theresia thibaud thibault thibaut thiebaud thierry thiphaine thoma tiago tiana tibault tifaine tifen
tifenn tiffaine tiffanie tiffany tiffen tigane tilio tim timeo timothe timothee timothy tina tino tiphaine tiphanie
titouan tobias toinette tom tomas tommy tomy toni tonio tony tosca tracy trevor tristan tristana tryphon tudal tudual
tugdual typhaine ugo ulrich ursula ursule vadim valentin valentina valentine valentino valere valeria valerian
valeriane valerie valerio valery vanessa vanina vassili venceslas vera veronica veronika veronique vianney vicente
vicky victoria victorien victorin victorine vince vincent vincenzo vinciane viola violaine violetta virgil virgile
virgilio virginia virginie viridiana viridiane vivian viviana viviane vivien vivienne vlad vladimir wafa wahib wahiba
walid wally walter wanda warren wassila wassim wenceslas wendy wesley widad wilfrid wilfried wilhem willem william
willie willy wilson winnie winoc wissam wladimir wolfgang xavier xaviere xenia yacine yael yaelle yamina yan yana
yanaelle yanis yann yannick yannig yannis yaouen yasmina yasmine yasser yassin yassine yazid yehudi yelena ylan ylana
ylies yoan yoana yoann yoanna yoel yohan yohann yolaine yoland yolanda yolande yon yona yonathan yoran youcef youen
youenn youna younes youri youssef youssouf yseult yuna yuri yvain yvan yvane yveline yves yvette yvon yvonna yvonne
yvonnick ywan ywen zacharie zachary zack zahra zakaria zara zaven zazie zebulon zelda zelia zelie zenaide zephyrin
zian zineb zita zoe zohra zora zorah zoran zouhair zoulikha zya zyad
"""
FIRST_NAMES = frozenset(_NAMES.split())
